using System.CommandLine;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Capture.Output;

namespace HttpWireAnalyzer.Cli.Live;

/// <summary>The options that say where captured packets are written, for every verb that captures.</summary>
internal sealed class RecordingArguments
{
    private readonly Option<string?> _output = new("-w");
    private readonly Option<string[]> _rotation = new("-b") { AllowMultipleArgumentsPerToken = false };
    private readonly Option<bool> _force = new("--force");

    public void AddTo(Command command)
    {
        command.Add(_output);
        command.Add(_rotation);
        command.Add(_force);
    }

    /// <param name="stop">What -a says.</param>
    /// <returns>Null where nothing is to be written.</returns>
    /// <exception cref="UsageException">The options make no recording.</exception>
    public RecordingOptions? Of(ParseResult result, FileCriteria stop)
    {
        var given = result.GetValue(_rotation) ?? [];
        var output = result.GetValue(_output);
        if (output is null)
        {
            return given.Length == 0 && stop is { Octets: null, Files: null } && !result.GetValue(_force)
                ? null
                : throw new UsageException("-b, --force, -a filesize and -a files go with -w FILE.");
        }

        var isOne = given.Length == 0;
        var limits = LimitsOf(FileCriteria.Of("-b", given), stop, isOne);
        if (output == OutputFile.StandardOutputName && !isOne)
        {
            throw new UsageException("-b makes several files, and -w - is no file.");
        }

        return new RecordingOptions
        {
            Path = output,
            Origin = CaptureOrigin.Here(Hwa.NameAndVersion),
            Overwrite = result.GetValue(_force),
            Rotation = isOne ? null : new FileLimits(limits.Octets, limits.Duration, limits.Packets),
            FilesKept = limits.Files,
            StopAfterOctets = isOne ? stop.Octets : null,
            StopAfterFiles = stop.Files,
        };
    }

    private static FileCriteria LimitsOf(FileCriteria rotation, FileCriteria stop, bool isOne)
    {
        if (isOne)
        {
            return stop.Files is null ? rotation : throw new UsageException("-a files goes with -b, which makes several files.");
        }

        // As dumpcap has it: of several files, -a filesize is the size of each.
        var limits = rotation.And(new FileCriteria(null, stop.Octets, null, null));
        return limits is { Duration: null, Octets: null, Packets: null }
            ? throw new UsageException("when is a file full? -b duration, -b filesize or -b packets says it.")
            : limits;
    }
}
