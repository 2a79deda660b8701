#define _GNU_SOURCE
#include "CXSLTShim.h"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlmemory.h>
#include <libxml/xpath.h>
#include <libxslt/keys.h>
#include <libxslt/xslt.h>
#include <libxslt/xsltutils.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int tenure_libxml_version(void) { return atoi(xmlParserVersion); }
int tenure_libxslt_version(void) { return xsltLibxsltVersion; }

static void forward(tenure_message_sink *sink, const char *format, va_list arguments) {
  char small[512];
  va_list again;
  va_copy(again, arguments);
  int count = vsnprintf(small, sizeof small, format, arguments);
  if (count >= 0 && (size_t)count < sizeof small) {
    sink->receive(sink->context, small, (size_t)count);
  } else if (count >= 0) {
    char *large = malloc((size_t)count + 1);
    if (large) {
      vsnprintf(large, (size_t)count + 1, format, again);
      sink->receive(sink->context, large, (size_t)count);
      free(large);
    }
  }
  va_end(again);
}

static void to_sink(void *context, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  if (context) forward((tenure_message_sink *)context, format, arguments);
  va_end(arguments);
}

static void discard(void *context, const char *format, ...) {
  (void)context;
  (void)format;
}

static void discard_structured(void *context, xmlErrorPtr error) {
  (void)context;
  (void)error;
}

void tenure_set_transform_sink(xsltTransformContextPtr transform, tenure_message_sink *sink) {
  xsltSetTransformErrorFunc(transform, sink, to_sink);
}

// libxslt has one handler for all threads. It finds the sink of the thread that it is called on.
static _Thread_local tenure_message_sink *compile_sink;

static void to_compile_sink(void *context, const char *format, ...) {
  (void)context;
  va_list arguments;
  va_start(arguments, format);
  if (compile_sink) forward(compile_sink, format, arguments);
  va_end(arguments);
}

void tenure_set_compile_sink(tenure_message_sink *sink) {
  compile_sink = sink;
  xmlSetGenericErrorFunc(NULL, sink ? to_compile_sink : discard);
}

// After an allocation that failed, libxml2 and libxslt leave a text or an attribute out and go on, or follow the null pointer.
static void *or_end(void *memory) {
  if (memory) return memory;
  static const char words[] =
      "error: No memory was left for a page or an XML document. Run again with more memory, or with fewer threads: --jobs 1.\n";
  ssize_t ignored = write(STDERR_FILENO, words, sizeof words - 1);
  (void)ignored;
  _exit(1);
}

static void *allocate(size_t size) { return or_end(malloc(size ? size : 1)); }
static void *reallocate(void *memory, size_t size) { return or_end(realloc(memory, size ? size : 1)); }
static char *duplicate(const char *text) { return or_end(strdup(text)); }

void tenure_end_without_memory(void) { xmlMemSetup(free, allocate, reallocate, duplicate); }

void tenure_quiet_libraries(void) {
  xmlThrDefSetGenericErrorFunc(NULL, discard);
  xmlThrDefSetStructuredErrorFunc(NULL, discard_structured);
  xsltSetGenericErrorFunc(NULL, to_compile_sink);
  xsltSetGenericDebugFunc(NULL, discard);
  tenure_quiet_thread();
}

void tenure_quiet_thread(void) {
  xmlSetGenericErrorFunc(NULL, discard);
  xmlSetStructuredErrorFunc(NULL, discard_structured);
}

xsltDocumentPtr tenure_take_documents(xsltTransformContextPtr transform) {
  xsltDocumentPtr taken = NULL;
  xsltDocumentPtr *link = &transform->docList;
  while (*link) {
    xsltDocumentPtr document = *link;
    if (document->main || !document->doc || !document->doc->URL) {
      link = &document->next;
    } else {
      *link = document->next;
      document->next = taken;
      taken = document;
    }
  }
  return taken;
}

void tenure_give_documents(xsltTransformContextPtr transform, xsltDocumentPtr documents) {
  while (documents) {
    xsltDocumentPtr next = documents->next;
    documents->next = transform->docList;
    transform->docList = documents;
    documents = next;
  }
}

void tenure_free_documents(xsltDocumentPtr documents) {
  while (documents) {
    xsltDocumentPtr next = documents->next;
    xsltFreeDocumentKeys(documents);
    xmlFreeDoc(documents->doc);
    xmlFree(documents);
    documents = next;
  }
}

bool tenure_contains(const void *bytes, size_t count, const void *text, size_t length) {
  return memmem(bytes, count, text, length) != NULL;
}

void tenure_xml_free(void *pointer) {
  if (pointer) xmlFree(pointer);
}

void tenure_limit_xpath(xsltTransformContextPtr transform, unsigned long operations) {
  if (transform->xpathCtxt) transform->xpathCtxt->opLimit = operations;
}
