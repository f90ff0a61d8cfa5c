using System.Runtime.InteropServices;

namespace HttpWireAnalyzer.Capture;

/// <summary>Who wrote a capture, and where: options of its section header.</summary>
/// <param name="Application">Name and version.</param>
/// <param name="Hardware">Of the machine that captured; null for what was captured elsewhere.</param>
public sealed record CaptureOrigin(
    string Application, string? Hardware = null, string? OperatingSystem = null, string? Comment = null)
{
    /// <summary>A capture made on this machine.</summary>
    public static CaptureOrigin Here(string application) => new(
        application, RuntimeInformation.OSArchitecture.ToString(), RuntimeInformation.OSDescription);
}
