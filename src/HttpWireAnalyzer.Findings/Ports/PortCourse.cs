using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Ports;

/// <param name="Step">What a part lasts, nanoseconds.</param>
public sealed record PortCourse(long Step, IReadOnlyList<PortMoment> Moments);

/// <summary>A part of the course.</summary>
/// <param name="Held">Connections that went into the client's TIME-WAIT in it.</param>
/// <param name="Open">Connections open at its end.</param>
/// <param name="Waiting">Ports in TIME-WAIT at its end.</param>
/// <param name="Most">Ports that were taken at once in it, at most.</param>
public readonly record struct PortMoment(Timestamp Time, int Held, long Open, long Waiting, long Most)
{
    /// <summary>Ports that are taken at its end.</summary>
    public long Taken => Open + Waiting;
}
