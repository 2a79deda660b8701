#ifndef TENURE_CSIMDJSON_H
#define TENURE_CSIMDJSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// simdjson's DOM parser behind a C interface. One parser a thread; all text it hands out lives until its next parse.
typedef struct json_parser json_parser;

/// The version of simdjson that this was compiled with, and the instructions of the processor that it uses.
const char *json_version(void);
const char *json_instructions(void);

/// Bytes that must be readable after the end of anything that is parsed.
extern const size_t json_padding;

typedef enum json_kind {
  JSON_ABSENT = 0,
  JSON_NULL,
  JSON_STRING,
  JSON_INTEGER,
  JSON_REAL,
  JSON_BOOLEAN,
  JSON_OBJECT,
  JSON_ARRAY
} json_kind;

/// A value and, for an object or array, the handle to look inside. Small, since a record fills a whole row of them.
typedef struct json_value {
  json_kind kind;
  bool boolean;
  union {
    /// Of JSON_STRING: unescaped UTF-8.
    struct {
      const char *bytes;
      size_t count;
    };
    /// Of JSON_INTEGER; JSON_REAL has `real` only. Unsigned values past the signed range come as JSON_REAL.
    struct {
      int64_t integer;
      double real;
    };
    /// Of JSON_OBJECT and JSON_ARRAY.
    struct {
      const void *document;
      size_t place;
    };
  };
} json_value;

/// The names that `json_select` looks for.
typedef struct json_keys json_keys;

json_parser *json_parser_create(void);
void json_parser_destroy(json_parser *parser);

json_keys *json_keys_create(const char *const *names, size_t count);
void json_keys_destroy(json_keys *keys);

/// Parses one JSON text, checking all of it. False when it is not one valid JSON text.
bool json_parse(json_parser *parser, const char *bytes, size_t count, json_value *root);

/// Fills `values[i]` with the member named by key `i`, or JSON_ABSENT. Of members with one name the last counts.
void json_select(const json_value *object, const json_keys *keys, json_value *values);

/// Copies up to `capacity` strings of an array into `texts`; returns how many strings it holds. Other elements are passed over.
size_t json_strings(const json_value *array, json_value *texts, size_t capacity);

/// Copies up to `capacity` elements of an array; returns how many it holds.
size_t json_elements(const json_value *array, json_value *values, size_t capacity);

/// Copies up to `capacity` members of an object, in their order; returns how many it holds.
size_t json_members(const json_value *object, json_value *names, json_value *values, size_t capacity);

/// Fills `value` with the member of that name, or JSON_ABSENT. Of members with one name the last counts.
void json_member(const json_value *object, const char *name, size_t count, json_value *value);

/// Where a value stands in a text.
typedef struct json_range {
  size_t start;
  size_t count;
} json_range;

/// Finds where the values at the end of a path stand in a JSON text: names of members, and `*` for every element of an
/// array. Copies up to `capacity` of them, in their order; returns how many there are, or -1 where the path leads to none
/// because a member is missing or is no array. With `objects` other values are passed over. `is_whole` is false where the
/// text broke off: those before that were found. Values of the last parse stay as they are.
ptrdiff_t json_ranges(json_parser *parser, const char *bytes, size_t count, const char *const *path, size_t steps,
                      bool objects, json_range *ranges, size_t capacity, bool *is_whole);

#ifdef __cplusplus
}
#endif
#endif
