//! What the operating system says of this process.

/// Megabytes that the process holds now, and the most it held; 0 where the system does not say.
pub(crate) fn megabytes() -> [f64; 2] {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    ["VmRSS:", "VmHWM:"].map(|key| {
        let line = status.lines().find_map(|l| l.strip_prefix(key));
        let kilobytes = line.and_then(|l| l.split_whitespace().next()?.parse::<f64>().ok());
        kilobytes.unwrap_or_default() / 1024.0
    })
}
