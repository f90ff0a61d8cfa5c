namespace HttpWireAnalyzer.Findings;

/// <summary>How much of a connection was captured: it weighs on what is found there.</summary>
/// <param name="HasGaps">Octets of a stream are missing from the capture.</param>
/// <param name="HasBothDirections">Each end has been heard, or there was nothing to answer.</param>
public readonly record struct Wholeness(bool HasGaps, bool HasBothDirections);
