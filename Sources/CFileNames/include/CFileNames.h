#pragma once

/// Exchanges what two names stand for, in one step; both must be there. Returns 0, or -1 with errno, as where the file system
/// cannot do it. The C library declares `renameat2` for GNU programs only, so Swift does not see it.
int tenure_exchange_names(const char *one, const char *other);
