#ifndef TENURE_CASSETS_H
#define TENURE_CASSETS_H
#include <stddef.h>

/// One file that is part of the program: its path from the top of the source tree, and its bytes.
typedef struct tenure_asset {
  const char *path;
  const unsigned char *bytes;
  size_t count;
} tenure_asset;

/// How many files are embedded, and one of them; they are sorted by path.
size_t tenure_asset_count(void);
tenure_asset tenure_asset_at(size_t index);
#endif
