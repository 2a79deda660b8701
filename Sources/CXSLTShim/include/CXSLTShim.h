#ifndef TENURE_CXSLT_SHIM_H
#define TENURE_CXSLT_SHIM_H

#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/tree.h>
#include <libxslt/xsltInternals.h>
#include <stdbool.h>
#include <stddef.h>

/// Receives one piece of a library's message, already formatted.
typedef void (*tenure_message_fn)(void *context, const char *bytes, size_t count);

/// Where the variadic callbacks of libxml2 and libxslt send their text. Must outlive its user.
typedef struct tenure_message_sink {
  tenure_message_fn receive;
  void *context;
} tenure_message_sink;

/// Sends `xsl:message` and run-time errors of one transform to `sink`.
void tenure_set_transform_sink(xsltTransformContextPtr transform, tenure_message_sink *sink);

/// Sends the calling thread's stylesheet compile errors to `sink`; null: discards them.
void tenure_set_compile_sink(tenure_message_sink *sink);

/// From now on libxml2 and libxslt end the program, with status 1 and a sentence, where there is no memory for them. Call
/// first of all.
void tenure_end_without_memory(void);

/// The versions that are loaded, as libxml2 (`20914`) and libxslt (`10135`) number them.
int tenure_libxml_version(void);
int tenure_libxslt_version(void);

/// Silences every default handler that would write to standard error. Call once, before any thread.
void tenure_quiet_libraries(void);

/// Silences the calling thread's own libxml2 handlers.
void tenure_quiet_thread(void);

/// Takes the documents that a transform read by `document()`, with the keys it made for them, out of its context.
/// What is returned goes into another transform of the same stylesheet, or to `tenure_free_documents`.
xsltDocumentPtr tenure_take_documents(xsltTransformContextPtr transform);

/// Gives a fresh transform what `tenure_take_documents` returned, so that it reads and indexes none of it again.
void tenure_give_documents(xsltTransformContextPtr transform, xsltDocumentPtr documents);

void tenure_free_documents(xsltDocumentPtr documents);

/// Whether `text` stands somewhere in `bytes`.
bool tenure_contains(const void *bytes, size_t count, const void *text, size_t length);

/// `xmlFree` is a global function pointer, which Swift cannot call safely.
void tenure_xml_free(void *pointer);

/// Limits XPath work of one transform; `xsltTransformContext.opLimit` alone does not.
void tenure_limit_xpath(xsltTransformContextPtr transform, unsigned long operations);

#endif
