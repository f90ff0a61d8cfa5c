using HttpWireAnalyzer.Capture.Live;
using HttpWireAnalyzer.Capture.Output;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Cli.Live;

/// <summary>What the command line of hwa live asks for.</summary>
internal sealed record LiveRequest
{
    public required LiveOptions Capture { get; init; }

    public required TrackerLimits Limits { get; init; }

    /// <summary>Where packets are written beside; null where they are not.</summary>
    public RecordingOptions? Recording { get; init; }

    /// <summary>The display filter as given; null to tell everything.</summary>
    public string? DisplayFilter { get; init; }

    public bool Json { get; init; }

    /// <summary>The list, even where there is a terminal to show a screen on.</summary>
    public bool Plain { get; init; }

    /// <summary>--lang as given; null for the environment's.</summary>
    public string? Language { get; init; }

    /// <summary>--theme as given; null for the environment's.</summary>
    public string? Theme { get; init; }

    /// <summary>Thresholds of the screen's findings, as given to --set.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    public bool Quiet { get; init; }

    public Colouring Colour { get; init; }

    public bool Connections { get; init; } = true;

    public bool Exchanges { get; init; } = true;

    /// <summary>Ask whose the sockets are.</summary>
    public bool Processes { get; init; } = true;
}
