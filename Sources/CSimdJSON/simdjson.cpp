#include "CSimdJSON.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <simdjson.h>
#include <string>
#include <vector>

using namespace simdjson;

static_assert(sizeof(dom::element) == sizeof(const void *) + sizeof(size_t), "element is a document and a place");

extern "C" const size_t json_padding = SIMDJSON_PADDING;

struct json_parser {
  dom::parser parser;
  ondemand::parser places;
  std::string patched;
};

// Names in a small hash table, so that most members of a record are passed over by one look-up.
struct json_keys {
  struct key {
    std::string name;
    // The key after this one with the same hash, or -1.
    int next;
  };
  std::vector<key> keys;
  int first[256];

  static uint8_t hash(const char *name, size_t length) {
    if (length == 0) return 0;
    return static_cast<uint8_t>(length * 29 + static_cast<uint8_t>(name[0]) * 7 +
                                static_cast<uint8_t>(name[length / 2]) * 3 + static_cast<uint8_t>(name[length - 1]));
  }
};

static json_value describe(dom::element element) {
  json_value value{};
  switch (element.type()) {
  case dom::element_type::NULL_VALUE:
    value.kind = JSON_NULL;
    break;
  case dom::element_type::STRING: {
    std::string_view text = element.get_string().value_unsafe();
    value.kind = JSON_STRING;
    value.bytes = text.data();
    value.count = text.size();
    break;
  }
  case dom::element_type::INT64:
    value.kind = JSON_INTEGER;
    value.integer = element.get_int64().value_unsafe();
    value.real = static_cast<double>(value.integer);
    break;
  case dom::element_type::UINT64:
    value.kind = JSON_REAL;
    value.real = static_cast<double>(element.get_uint64().value_unsafe());
    break;
  case dom::element_type::DOUBLE:
    value.kind = JSON_REAL;
    value.real = element.get_double().value_unsafe();
    break;
  case dom::element_type::BOOL:
    value.kind = JSON_BOOLEAN;
    value.boolean = element.get_bool().value_unsafe();
    break;
  case dom::element_type::OBJECT:
  case dom::element_type::ARRAY:
    value.kind = element.is_object() ? JSON_OBJECT : JSON_ARRAY;
    std::memcpy(&value.document, &element, sizeof value.document);
    std::memcpy(&value.place, reinterpret_cast<const char *>(&element) + sizeof value.document, sizeof value.place);
    break;
  }
  return value;
}

static dom::element element_of(const json_value *value) {
  dom::element element;
  std::memcpy(reinterpret_cast<char *>(&element), &value->document, sizeof value->document);
  std::memcpy(reinterpret_cast<char *>(&element) + sizeof value->document, &value->place, sizeof value->place);
  return element;
}

static bool is_json_number(const std::string &text) {
  size_t at = text[0] == '-' ? 1 : 0;
  auto digits = [&] {
    size_t first = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') at++;
    return at - first;
  };
  size_t first = at;
  size_t whole = digits();
  if (whole == 0 || (whole > 1 && text[first] == '0')) return false;
  if (at < text.size() && text[at] == '.') {
    at++;
    if (digits() == 0) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    at++;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) at++;
    if (digits() == 0) return false;
  }
  return at == text.size();
}

static bool is_past_64_bits(const std::string &digits) {
  errno = 0;
  if (digits[0] == '-') std::strtoll(digits.c_str(), nullptr, 10);
  else std::strtoull(digits.c_str(), nullptr, 10);
  return errno == ERANGE;
}

// simdjson refuses numbers outside 64 bits or the range of a double, which JSON allows. Such a number cannot be one
// of the fields that count, so it is overwritten by `null` and blanks of the same length, and the text is tried again.
static bool blank_out_huge_numbers(std::string &text, size_t count) {
  bool changed = false;
  for (size_t at = 0; at < count;) {
    char c = text[at];
    if (c == '"') {
      for (at++; at < count && text[at] != '"'; at++)
        if (text[at] == '\\') at++;
      at++;
    } else if (c == '-' || (c >= '0' && c <= '9')) {
      size_t end = at + 1;
      bool whole = true;
      while (end < count && std::strchr("0123456789+-.eE", text[end]) && text[end]) {
        if (text[end] == '.' || text[end] == 'e' || text[end] == 'E') whole = false;
        end++;
      }
      std::string number = text.substr(at, end - at);
      bool huge = whole ? is_past_64_bits(number) : std::isinf(std::strtod(number.c_str(), nullptr));
      // What is no JSON number is left for the parser to refuse.
      if (huge && number.size() >= 4 && is_json_number(number)) {
        text.replace(at, 4, "null");
        for (size_t i = at + 4; i < end; i++) text[i] = ' ';
        changed = true;
      }
      at = end;
    } else {
      at++;
    }
  }
  return changed;
}

// Finds where the values at the end of a path stand in the text.
struct range_search {
  const char *bytes;
  const char *const *path;
  size_t steps;
  json_range *ranges;
  size_t capacity;
  // Whether only objects count.
  bool objects;
  size_t found;
  // Whether the whole path was there at least once.
  bool reached;

  static bool text_of(ondemand::value value, ondemand::json_type type, std::string_view &text) {
    ondemand::object object;
    ondemand::array array;
    if (type == ondemand::json_type::object) return !value.get_object().get(object) && !object.raw_json().get(text);
    if (type == ondemand::json_type::array) return !value.get_array().get(array) && !array.raw_json().get(text);
    text = value.raw_json_token();
    return true;
  }

  // False when the text ends or breaks here; what was found before stands.
  bool walk(ondemand::value value, size_t step) {
    ondemand::json_type type;
    if (value.type().get(type)) return false;
    if (step == steps) {
      std::string_view raw;
      if (objects && type != ondemand::json_type::object) return true;
      if (!text_of(value, type, raw)) return false;
      // simdjson adds the white space that follows.
      raw = raw.substr(0, raw.find_last_not_of(" \t\r\n") + 1);
      if (found < capacity) ranges[found] = json_range{static_cast<size_t>(raw.data() - bytes), raw.size()};
      found++;
      return true;
    }
    if (std::strcmp(path[step], "*") == 0) {
      ondemand::array array;
      if (type != ondemand::json_type::array || value.get_array().get(array)) return true;
      if (step + 1 == steps) reached = true;
      for (auto element : array) {
        ondemand::value inner;
        if (element.get(inner) || !walk(inner, step + 1)) return false;
      }
      return true;
    }
    ondemand::object object;
    if (type != ondemand::json_type::object || value.get_object().get(object)) return true;
    for (auto field : object) {
      std::string_view key;
      ondemand::value inner;
      if (field.unescaped_key().get(key)) return false;
      bool wanted = key == path[step];
      if (field.value().get(inner)) return false;
      if (wanted && !walk(inner, step + 1)) return false;
    }
    return true;
  }
};

extern "C" {

json_parser *json_parser_create(void) { return new json_parser(); }
void json_parser_destroy(json_parser *parser) { delete parser; }

json_keys *json_keys_create(const char *const *names, size_t count) {
  json_keys *keys = new json_keys();
  std::fill_n(keys->first, 256, -1);
  for (size_t i = 0; i < count; i++) {
    std::string name(names[i]);
    int *head = &keys->first[json_keys::hash(name.data(), name.size())];
    keys->keys.push_back({name, *head});
    *head = static_cast<int>(i);
  }
  return keys;
}
void json_keys_destroy(json_keys *keys) { delete keys; }

bool json_parse(json_parser *parser, const char *bytes, size_t count, json_value *root) {
  dom::element element;
  error_code error = parser->parser.parse(reinterpret_cast<const uint8_t *>(bytes), count, false).get(element);
  if (error == NUMBER_ERROR) {
    parser->patched.assign(bytes, count);
    if (!blank_out_huge_numbers(parser->patched, count)) return false;
    parser->patched.append(SIMDJSON_PADDING, '\0');
    error = parser->parser.parse(reinterpret_cast<const uint8_t *>(parser->patched.data()), count, false).get(element);
  }
  if (error) return false;
  *root = describe(element);
  return true;
}

void json_select(const json_value *object, const json_keys *keys, json_value *values) {
  std::memset(values, 0, keys->keys.size() * sizeof *values);
  if (object->kind != JSON_OBJECT) return;
  for (dom::key_value_pair member : dom::object(element_of(object).get_object().value_unsafe())) {
    const char *name = member.key.data();
    size_t length = member.key.size();
    for (int i = keys->first[json_keys::hash(name, length)]; i >= 0; i = keys->keys[i].next) {
      const std::string &wanted = keys->keys[i].name;
      if (wanted.size() == length && std::memcmp(wanted.data(), name, length) == 0) {
        values[i] = describe(member.value);
        break;
      }
    }
  }
}

size_t json_strings(const json_value *array, json_value *texts, size_t capacity) {
  size_t found = 0;
  if (array->kind != JSON_ARRAY) return 0;
  for (dom::element element : dom::array(element_of(array).get_array().value_unsafe())) {
    if (!element.is_string()) continue;
    if (found < capacity) texts[found] = describe(element);
    found++;
  }
  return found;
}

size_t json_elements(const json_value *array, json_value *values, size_t capacity) {
  size_t found = 0;
  if (array->kind != JSON_ARRAY) return 0;
  for (dom::element element : dom::array(element_of(array).get_array().value_unsafe())) {
    if (found < capacity) values[found] = describe(element);
    found++;
  }
  return found;
}

size_t json_members(const json_value *object, json_value *names, json_value *values, size_t capacity) {
  size_t found = 0;
  if (object->kind != JSON_OBJECT) return 0;
  for (dom::key_value_pair member : dom::object(element_of(object).get_object().value_unsafe())) {
    if (found < capacity) {
      names[found] = json_value{};
      names[found].kind = JSON_STRING;
      names[found].bytes = member.key.data();
      names[found].count = member.key.size();
      values[found] = describe(member.value);
    }
    found++;
  }
  return found;
}

const char *json_version(void) {
  static const std::string version = std::to_string(simdjson::SIMDJSON_VERSION_MAJOR) + "." +
                                     std::to_string(simdjson::SIMDJSON_VERSION_MINOR) + "." +
                                     std::to_string(simdjson::SIMDJSON_VERSION_REVISION);
  return version.c_str();
}

const char *json_instructions(void) {
  static const std::string name = simdjson::get_active_implementation()->name();
  return name.c_str();
}

void json_member(const json_value *object, const char *name, size_t count, json_value *value) {
  *value = json_value{};
  if (object->kind != JSON_OBJECT) return;
  std::string_view wanted(name, count);
  for (dom::key_value_pair member : dom::object(element_of(object).get_object().value_unsafe()))
    if (member.key == wanted) *value = describe(member.value);
}

ptrdiff_t json_ranges(json_parser *parser, const char *bytes, size_t count, const char *const *path, size_t steps,
                      bool objects, json_range *ranges, size_t capacity, bool *is_whole) {
  ondemand::document document;
  padded_string_view text(bytes, count, count + SIMDJSON_PADDING);
  if (parser->places.iterate(text).get(document)) return -1;
  ondemand::value root;
  if (document.get_value().get(root)) return -1;
  range_search search{bytes, path, steps, ranges, capacity, objects, 0, false};
  *is_whole = search.walk(root, 0);
  return search.reached ? static_cast<ptrdiff_t>(search.found) : -1;
}
}
