// Errors that end a command and are shown to the user without a stack trace.

/** An error whose message is shown unchanged, without a stack trace. */
export class Problem extends Error {}

/** A readable reason for a system error. */
export function reasonOf(error) {
  const known = {
    ENOENT: "no such file or folder",
    EACCES: "permission denied",
    EPERM: "permission denied",
    EISDIR: "is a folder",
    ENOTDIR: "part of the path is a file, not a folder",
    ELOOP: "too many levels of symbolic links",
    ENAMETOOLONG: "name too long",
    ENOSPC: "no space left on the disk",
    EROFS: "read-only file system",
    EMFILE: "too many open files",
  };
  return known[error.code] ?? error.message;
}
