//! Role and host in, prompt and host file out.
