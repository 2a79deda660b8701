// The parser alone: the floor under every scan. Reads JSON Lines and takes out of each record the fields that decide, or, with
// `dom`, validates all of it. Cuts at newlines as the program does, so that a damaged line never harms the next.
//
//   parse-only on-demand|dom FILE...

#include <algorithm>
#include <cerrno>
#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <simdjson.h>
#include <string_view>
#include <unistd.h>
#include <vector>

using namespace simdjson;

namespace {

constexpr size_t chunk_size = 4 << 20;

enum class Shape { text, texts, whole_number, decimal };

struct Field {
  std::string_view name;
  Shape shape;
};

// The fields of a routing decision that a judgement needs (semantics, §1).
constexpr Field fields[] = {
    {"ts", Shape::text},
    {"request_id", Shape::text},
    {"agent", Shape::text},
    {"requested_model", Shape::text},
    {"served_model", Shape::text},
    {"provider", Shape::text},
    {"deployment", Shape::text},
    {"rule_id", Shape::text},
    {"escalated_from", Shape::text},
    {"trigger", Shape::text},
    {"data_class", Shape::text},
    {"tools", Shape::texts},
    {"outcome", Shape::text},
    {"tokens_in", Shape::whole_number},
    {"tokens_out", Shape::whole_number},
    {"cost_usd", Shape::decimal},
};

constexpr size_t longest_name = 15;

// Fields by the length of their name, so that most members are passed over by one comparison.
struct FieldTable {
  std::vector<Field> by_length[longest_name + 1];

  FieldTable() {
    for (const Field &field : fields) by_length[field.name.size()].push_back(field);
  }

  const Field *find(std::string_view name) const {
    if (name.size() > longest_name) return nullptr;
    for (const Field &field : by_length[name.size()])
      if (field.name == name) return &field;
    return nullptr;
  }
};

// What was found. The sums keep the compiler from leaving out the work, and let a reader compare the two modes.
struct Findings {
  uint64_t lines = 0, blank = 0, refused = 0, text_bytes = 0;
  int64_t whole_numbers = 0;
  double decimals = 0;

  void add(const Findings &other) {
    text_bytes += other.text_bytes;
    whole_numbers += other.whole_numbers;
    decimals += other.decimals;
  }
};

// `Value` is the value type of either interface of simdjson, which have these names in common.
template <typename Value> error_code take(Shape shape, Value &value, Findings &findings) {
  switch (shape) {
  case Shape::text: {
    std::string_view text;
    if (auto error = value.get_string().get(text)) return error;
    findings.text_bytes += text.size();
    return SUCCESS;
  }
  case Shape::whole_number: {
    int64_t number;
    if (auto error = value.get_int64().get(number)) return error;
    findings.whole_numbers += number;
    return SUCCESS;
  }
  case Shape::decimal: {
    double number;
    if (auto error = value.get_double().get(number)) return error;
    findings.decimals += number;
    return SUCCESS;
  }
  case Shape::texts:
    for (auto element : value.get_array()) {
      std::string_view text;
      if (auto error = element.get_string().get(text)) return error;
      findings.text_bytes += text.size();
    }
    return SUCCESS;
  }
  return SUCCESS;
}

class OnDemandReader {
  ondemand::parser parser;
  FieldTable table;

public:
  error_code read(const char *bytes, size_t count, size_t capacity, Findings &findings) {
    ondemand::document document;
    if (auto error = parser.iterate(bytes, count, capacity).get(document)) return error;
    ondemand::object object;
    if (auto error = document.get_object().get(object)) return error;
    for (auto member : object) {
      std::string_view name;
      if (auto error = member.unescaped_key().get(name)) return error;
      const Field *field = table.find(name);
      if (field == nullptr) continue;
      ondemand::value value;
      if (auto error = member.value().get(value)) return error;
      ondemand::json_type type;
      if (auto error = value.type().get(type)) return error;
      if (type == ondemand::json_type::null) continue;
      if (auto error = take(field->shape, value, findings)) return error;
    }
    return document.current_location().error() == OUT_OF_BOUNDS ? SUCCESS : TRAILING_CONTENT;
  }
};

class DOMReader {
  dom::parser parser;
  FieldTable table;

public:
  error_code read(const char *bytes, size_t count, size_t, Findings &findings) {
    dom::element root;
    if (auto error = parser.parse(bytes, count, false).get(root)) return error;
    dom::object object;
    if (auto error = root.get_object().get(object)) return error;
    for (dom::key_value_pair member : object) {
      const Field *field = table.find(member.key);
      if (field == nullptr || member.value.is_null()) continue;
      if (auto error = take(field->shape, member.value, findings)) return error;
    }
    return SUCCESS;
  }
};

bool is_blank(const char *bytes, size_t count) {
  return std::all_of(bytes, bytes + count, [](char c) { return c == ' ' || c == '\t' || c == '\r'; });
}

template <typename Reader>
void take_line(Reader &reader, const char *bytes, size_t count, size_t capacity, Findings &findings) {
  findings.lines++;
  if (is_blank(bytes, count)) {
    findings.blank++;
    return;
  }
  Findings of_line;
  if (reader.read(bytes, count, capacity, of_line)) {
    findings.refused++;
  } else {
    findings.add(of_line);
  }
}

// False, with `errno` set, when the file cannot be read.
template <typename Reader> bool read_file(const char *path, Findings &findings) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  Reader reader;
  std::vector<char> buffer(chunk_size + SIMDJSON_PADDING);
  size_t held = 0;
  for (;;) {
    if (held + SIMDJSON_PADDING == buffer.size()) buffer.resize(buffer.size() * 2);
    ssize_t got = read(file, buffer.data() + held, buffer.size() - SIMDJSON_PADDING - held);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      int reason = errno;
      close(file);
      errno = reason;
      return false;
    }
    size_t start = 0, end = held + static_cast<size_t>(got);
    while (start < end) {
      const void *newline = std::memchr(buffer.data() + start, '\n', end - start);
      // The last line of a file may lack its newline.
      if (newline == nullptr && got > 0) break;
      size_t stop = newline ? static_cast<size_t>(static_cast<const char *>(newline) - buffer.data()) : end;
      take_line(reader, buffer.data() + start, stop - start, buffer.size() - start, findings);
      start = std::min(stop + 1, end);
    }
    if (got == 0) break;
    held = end - start;
    std::memmove(buffer.data(), buffer.data() + start, held);
  }
  close(file);
  return true;
}

} // namespace

int main(int count, char **arguments) {
  std::string_view mode = count > 1 ? arguments[1] : "";
  if (count < 3 || (mode != "on-demand" && mode != "dom")) {
    std::fprintf(stderr, "Usage: parse-only on-demand|dom FILE...\n");
    return 64;
  }
  Findings findings;
  for (int index = 2; index < count; index++) {
    const char *path = arguments[index];
    bool read = mode == "dom" ? read_file<DOMReader>(path, findings) : read_file<OnDemandReader>(path, findings);
    if (!read) {
      std::fprintf(stderr, "%s cannot be read: %s. Name a log in JSON Lines.\n", path, std::strerror(errno));
      return 1;
    }
  }
  std::printf(
      "{\"lines\":%" PRIu64 ",\"blank\":%" PRIu64 ",\"refused\":%" PRIu64 ",\"text_bytes\":%" PRIu64
      ",\"whole_numbers\":%" PRId64 ",\"decimals\":%.6f}\n",
      findings.lines, findings.blank, findings.refused, findings.text_bytes, findings.whole_numbers, findings.decimals);
  return 0;
}
