/* Lets a program's calls to the disk fail, for the tests of tests/faults_calls.py: loaded before the C library.
 *
 * FAULT_UNDER   path prefixes, divided by ':'; calls on other files are left alone
 * FAULT_CALLS   which calls count: "write", "sync", "change" (open to write, make, rename, link, remove) or "read"
 * FAULT_ERROR   what they fail with: "EIO", "EACCES", "ENOSPC", or "SHORT": half is written, then ENOSPC
 * FAULT_FROM    the number of the first call that fails, from 1; 0 for none
 * FAULT_ONCE    "1": that call only; otherwise all from there on
 * FAULT_COUNT   a file that gets one byte for each call that counts
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long seen;

static const char *setting(const char *name) {
    const char *found = getenv(name);
    return found ? found : "";
}

static int is_under(const char *path) {
    for (const char *one = setting("FAULT_UNDER"); *one;) {
        const char *end = strchrnul(one, ':');
        size_t size = (size_t)(end - one);
        if (size && !strncmp(path, one, size)) return 1;
        one = *end ? end + 1 : end;
    }
    return 0;
}

static int is_file_under(int file) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size < 0) return 0;
    path[size] = 0;
    return is_under(path);
}

static int is_name_under(int folder, const char *name) {
    char path[PATH_MAX * 2], base[PATH_MAX], link[64];
    if (name[0] == '/') return is_under(name);
    if (folder == AT_FDCWD) {
        if (!getcwd(base, sizeof base)) return 0;
    } else {
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        ssize_t size = readlink(link, base, sizeof base - 1);
        if (size < 0) return 0;
        base[size] = 0;
    }
    snprintf(path, sizeof path, "%s/%s", base, name);
    return is_under(path);
}

/* The error with which this call fails, 0 if it goes through; -1 where half is to be written. */
static int fault(const char *kind) {
    if (strcmp(setting("FAULT_CALLS"), kind)) return 0;
    long number = atomic_fetch_add(&seen, 1) + 1, from = atol(setting("FAULT_FROM"));
    const char *count = getenv("FAULT_COUNT"), *error = setting("FAULT_ERROR");
    if (count) {
        static int (*opened)(const char *, int, ...);
        static ssize_t (*written)(int, const void *, size_t);
        if (!opened) opened = dlsym(RTLD_NEXT, "open64");
        if (!written) written = dlsym(RTLD_NEXT, "write");
        int file = opened(count, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
        if (file >= 0) {
            if (written(file, ".", 1) != 1) abort();
            close(file);
        }
    }
    if (!from || number < from || (number > from && !strcmp(setting("FAULT_ONCE"), "1"))) return 0;
    if (!strcmp(error, "EACCES")) return EACCES;
    if (!strcmp(error, "ENOSPC")) return ENOSPC;
    if (!strcmp(error, "SHORT")) return number == from ? -1 : ENOSPC;
    return EIO;
}

#define NEXT(name, result, ...)                                    \
    static result (*next)(__VA_ARGS__);                            \
    if (!next) next = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

#define FAIL(code, result) \
    do {                   \
        errno = (code);    \
        return result;     \
    } while (0)

ssize_t write(int file, const void *data, size_t size) {
    NEXT("write", ssize_t, int, const void *, size_t);
    int code = is_file_under(file) ? fault("write") : 0;
    if (code > 0) FAIL(code, -1);
    return next(file, data, code && size > 1 ? size / 2 : size);
}

ssize_t pwrite64(int file, const void *data, size_t size, off64_t at) {
    NEXT("pwrite64", ssize_t, int, const void *, size_t, off64_t);
    int code = is_file_under(file) ? fault("write") : 0;
    if (code > 0) FAIL(code, -1);
    return next(file, data, code && size > 1 ? size / 2 : size, at);
}

ssize_t writev(int file, const struct iovec *parts, int count) {
    NEXT("writev", ssize_t, int, const struct iovec *, int);
    int code = is_file_under(file) ? fault("write") : 0;
    if (code > 0) FAIL(code, -1);
    return next(file, parts, code && count > 1 ? 1 : count);
}

size_t fwrite(const void *data, size_t size, size_t count, FILE *stream) {
    NEXT("fwrite", size_t, const void *, size_t, size_t, FILE *);
    int code = is_file_under(fileno(stream)) ? fault("write") : 0;
    if (code > 0) FAIL(code, 0);
    return next(data, size, code && count > 1 ? count / 2 : count, stream);
}

ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t size, unsigned flags) {
    NEXT("copy_file_range", ssize_t, int, off64_t *, int, off64_t *, size_t, unsigned);
    int code = is_file_under(to) ? fault("write") : 0;
    if (code > 0) FAIL(code, -1);
    return next(from, from_at, to, to_at, code && size > 1 ? size / 2 : size, flags);
}

ssize_t sendfile64(int to, int from, off64_t *at, size_t size) {
    NEXT("sendfile64", ssize_t, int, int, off64_t *, size_t);
    int code = is_file_under(to) ? fault("write") : 0;
    if (code > 0) FAIL(code, -1);
    return next(to, from, at, code && size > 1 ? size / 2 : size);
}

int ftruncate64(int file, off64_t size) {
    NEXT("ftruncate64", int, int, off64_t);
    int code = is_file_under(file) ? fault("write") : 0;
    if (code > 0) FAIL(code, -1);
    return next(file, size);
}

int fsync(int file) {
    NEXT("fsync", int, int);
    int code = is_file_under(file) ? fault("sync") : 0;
    if (code > 0) FAIL(code, -1);
    return next(file);
}

int fdatasync(int file) {
    NEXT("fdatasync", int, int);
    int code = is_file_under(file) ? fault("sync") : 0;
    if (code > 0) FAIL(code, -1);
    return next(file);
}

ssize_t read(int file, void *data, size_t size) {
    NEXT("read", ssize_t, int, void *, size_t);
    int code = is_file_under(file) ? fault("read") : 0;
    if (code > 0) FAIL(code, -1);
    return next(file, data, size);
}

ssize_t pread64(int file, void *data, size_t size, off64_t at) {
    NEXT("pread64", ssize_t, int, void *, size_t, off64_t);
    int code = is_file_under(file) ? fault("read") : 0;
    if (code > 0) FAIL(code, -1);
    return next(file, data, size, at);
}

size_t fread(void *data, size_t size, size_t count, FILE *stream) {
    NEXT("fread", size_t, void *, size_t, size_t, FILE *);
    int code = is_file_under(fileno(stream)) ? fault("read") : 0;
    if (code > 0) FAIL(code, 0);
    return next(data, size, count, stream);
}

static int opening(int folder, const char *path, int flags) {
    if (!(flags & (O_WRONLY | O_RDWR | O_CREAT)) || !is_name_under(folder, path)) return 0;
    return fault("change");
}

#define MODE(flags, mode)                           \
    mode_t mode = 0;                                \
    if ((flags) & (O_CREAT | O_TMPFILE)) {          \
        va_list rest;                               \
        va_start(rest, flags);                      \
        mode = va_arg(rest, mode_t);                \
        va_end(rest);                               \
    }

int open64(const char *path, int flags, ...) {
    NEXT("open64", int, const char *, int, ...);
    MODE(flags, mode)
    int code = opening(AT_FDCWD, path, flags);
    if (code > 0) FAIL(code, -1);
    return next(path, flags, mode);
}

int open(const char *path, int flags, ...) {
    NEXT("open", int, const char *, int, ...);
    MODE(flags, mode)
    int code = opening(AT_FDCWD, path, flags);
    if (code > 0) FAIL(code, -1);
    return next(path, flags, mode);
}

int openat64(int folder, const char *path, int flags, ...) {
    NEXT("openat64", int, int, const char *, int, ...);
    MODE(flags, mode)
    int code = opening(folder, path, flags);
    if (code > 0) FAIL(code, -1);
    return next(folder, path, flags, mode);
}

FILE *fopen(const char *path, const char *mode) {
    NEXT("fopen", FILE *, const char *, const char *);
    int code = strpbrk(mode, "wa+") && is_name_under(AT_FDCWD, path) ? fault("change") : 0;
    if (code > 0) FAIL(code, NULL);
    return next(path, mode);
}

#define CHANGE(name, folder, path, parameters, types, arguments)                  \
    int name parameters {                                                         \
        static int(*next) types;                                                  \
        if (!next) next = (int(*) types)dlsym(RTLD_NEXT, #name);                  \
        int code = is_name_under(folder, path) ? fault("change") : 0;             \
        if (code > 0) FAIL(code, -1);                                             \
        return next arguments;                                                    \
    }

CHANGE(mkdir, AT_FDCWD, path, (const char *path, mode_t mode), (const char *, mode_t), (path, mode))
CHANGE(mkdirat, at, path, (int at, const char *path, mode_t mode), (int, const char *, mode_t), (at, path, mode))
CHANGE(rename, AT_FDCWD, to, (const char *from, const char *to), (const char *, const char *), (from, to))
CHANGE(unlink, AT_FDCWD, path, (const char *path), (const char *), (path))
CHANGE(unlinkat, at, path, (int at, const char *path, int flags), (int, const char *, int), (at, path, flags))
CHANGE(rmdir, AT_FDCWD, path, (const char *path), (const char *), (path))
CHANGE(link, AT_FDCWD, to, (const char *from, const char *to), (const char *, const char *), (from, to))
CHANGE(symlink, AT_FDCWD, to, (const char *from, const char *to), (const char *, const char *), (from, to))
