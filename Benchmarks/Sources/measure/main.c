// Runs one command and writes what it cost.
//
//   measure REPORT OUTPUT ERRORS COMMAND [ARGUMENT...]
//
// The command's standard output and errors go to the files OUTPUT and ERRORS. REPORT receives one line: seconds on the clock,
// CPU seconds as user, CPU seconds as system (the command and the children it waited for), peak resident KiB (of the largest of
// them), and how it ended (`exit N` or `signal N`).
//
// A program of its own because Linux counts what the starting process held resident before exec into the peak of the started
// one. Started from here that floor is about 1 MB, started from the harness it would be the harness.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { usage_status = 64, failed_status = 1, not_started_status = 127 };

static bool send_to(int descriptor, const char *path) {
  int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  return file >= 0 && dup2(file, descriptor) >= 0;
}

static double seconds_between(struct timespec start, struct timespec end) {
  return (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
}

static double seconds(struct timeval time) { return (double)time.tv_sec + (double)time.tv_usec / 1e6; }

static int fail(const char *what, const char *name) {
  fprintf(stderr, "%s %s: %s\n", what, name, strerror(errno));
  return failed_status;
}

int main(int count, char **arguments) {
  if (count < 5) {
    fprintf(stderr, "Usage: measure REPORT OUTPUT ERRORS COMMAND [ARGUMENT...]\n");
    return usage_status;
  }
  // A harness that is interrupted must not leave a long command running.
  prctl(PR_SET_PDEATHSIG, SIGKILL);

  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  pid_t child = fork();
  if (child < 0) return fail("Cannot start", arguments[4]);
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (!send_to(STDOUT_FILENO, arguments[2]) || !send_to(STDERR_FILENO, arguments[3])) _exit(not_started_status);
    execvp(arguments[4], arguments + 4);
    fprintf(stderr, "%s: %s\n", arguments[4], strerror(errno));
    fflush(stderr);
    _exit(not_started_status);
  }
  int status;
  struct rusage used;
  while (wait4(child, &status, 0, &used) < 0)
    if (errno != EINTR) return fail("Cannot wait for", arguments[4]);
  clock_gettime(CLOCK_MONOTONIC, &end);

  FILE *report = fopen(arguments[1], "w");
  if (report == NULL) return fail("Cannot write", arguments[1]);
  fprintf(report, "%.6f %.6f %.6f %ld %s %d\n", seconds_between(start, end), seconds(used.ru_utime), seconds(used.ru_stime),
          used.ru_maxrss, WIFEXITED(status) ? "exit" : "signal", WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
  return fclose(report) == 0 ? 0 : fail("Cannot write", arguments[1]);
}
