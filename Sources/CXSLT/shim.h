#ifndef TENURE_CXSLT_H
#define TENURE_CXSLT_H
#include <libxml/xmlversion.h>
// Debian's libxml2 headers pull in the system's <unicode/ucnv.h>, whose types clash with the ones
// of Foundation's own ICU in a debug build. Nothing here converts through ICU.
#undef LIBXML_ICU_ENABLED
#include <libexslt/exslt.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlIO.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlreader.h>
#include <libxml/xmlschemas.h>
#include <libxml/xpath.h>
#include <libxslt/documents.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/variables.h>
#include <libxslt/xsltInternals.h>
#include <libxslt/xsltutils.h>
#endif
