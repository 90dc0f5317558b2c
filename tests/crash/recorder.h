#pragma once

#include <sys/types.h>
#include <sys/uio.h>

#include "tests/crash/record.h"

// LD_PRELOAD shim: records each call that changes files below one folder, in the order in which
// they happened, with the octets that it wrote. Calls are serialised, so the record is exact. Paths
// of `-shm` files are left out: SQLite maps them and makes them anew. recorder_calls.cpp stands in
// front of the C library, recorder.cpp makes each call and records it. Compiled without
// _FILE_OFFSET_BITS: both names of each call are defined.
namespace valv::crash {

int open_recorded(int folder, const char* path, int flags, mode_t mode);
int sync_recorded(int descriptor, int (*real)(int));
ssize_t write_recorded(int descriptor, const void* data, size_t size);
ssize_t pwrite_recorded(int descriptor, const void* data, size_t size, off64_t position);
ssize_t writev_recorded(int descriptor, const struct iovec* parts, int count, off64_t position);
int truncate_recorded(int descriptor, off64_t size);
int allocate_recorded(int descriptor, int mode, off64_t offset, off64_t size);
int remove_recorded(int folder, const char* path, int flags);
int rename_recorded(int folder, const char* path, int new_folder, const char* new_path,
                    unsigned flags);
int link_recorded(int folder, const char* path, int new_folder, const char* new_path, int flags);
int make_folder_recorded(int folder, const char* path, mode_t mode);
void record_ack(const char* text);
void record_copy(int descriptor);

}  // namespace valv::crash
