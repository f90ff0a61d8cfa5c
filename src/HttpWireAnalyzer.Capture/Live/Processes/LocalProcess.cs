namespace HttpWireAnalyzer.Capture.Live.Processes;

/// <summary>A process of this machine.</summary>
/// <param name="Id">Its pid, as this process sees it.</param>
/// <param name="Name">Its program, as the kernel calls it (/proc/pid/comm): 15 octets at most.</param>
public sealed record LocalProcess(int Id, string Name);

/// <summary>Whose the sockets of a connection are; null for an end that is on another machine, or was gone too soon.</summary>
public readonly record struct ConnectionOwners(LocalProcess? Client, LocalProcess? Server);
