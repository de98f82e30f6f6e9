// Something that keeps a command from doing its work, told to a person.

/** A message that is shown as it stands, without a stack. */
export class Problem extends Error {}

/** What the system's error codes mean, for people. */
export function reasonOf(error) {
  const known = {
    ENOENT: "there is no such file or folder",
    EACCES: "permission denied",
    EPERM: "permission denied",
    EISDIR: "it is a folder",
    ENOTDIR: "a part of the path is a file, not a folder",
    ELOOP: "its links lead in a circle",
    ENAMETOOLONG: "the name is too long",
    ENOSPC: "no space is left on the disk",
    EROFS: "the disk is read-only",
    EMFILE: "too many files are open",
  };
  return known[error.code] ?? error.message;
}
