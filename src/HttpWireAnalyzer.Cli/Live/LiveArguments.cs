using System.CommandLine;
using System.Globalization;
using HttpWireAnalyzer.Capture.Live;

namespace HttpWireAnalyzer.Cli.Live;

/// <summary>The options that say what to capture, for every verb that captures.</summary>
internal sealed class LiveArguments
{
    private const int MostSnapLength = 262_144;
    private const int MostBuffer = 2047;

    private readonly Argument<string[]> _words = new("BPF") { Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> _interfaces = new("-i") { AllowMultipleArgumentsPerToken = false };
    private readonly Option<string?> _filter = new("-f");
    private readonly Option<string?> _count = new("-c");
    private readonly Option<string[]> _stop = new("-a") { AllowMultipleArgumentsPerToken = false };
    private readonly Option<string?> _snapLength = new("-s");
    private readonly Option<bool> _notPromiscuous = new("-p");
    private readonly Option<string?> _buffer = new("-B");
    private readonly Option<string?> _direction = new("-Q");

    /// <summary>Adds the options to a verb's.</summary>
    public void AddTo(Command command)
    {
        command.Add(_words);
        foreach (var option in (Option[])[_interfaces, _filter, _count, _stop, _snapLength, _notPromiscuous, _buffer, _direction])
        {
            command.Add(option);
        }
    }

    /// <param name="after">What stood behind "--": words of the filter.</param>
    /// <param name="timeout">How long the kernel may keep packets back.</param>
    /// <exception cref="UsageException">The arguments make no capture.</exception>
    public LiveOptions Of(ParseResult result, IEnumerable<string> after, TimeSpan timeout)
    {
        var interfaces = result.GetValue(_interfaces) ?? [];
        if (interfaces.Length == 0)
        {
            throw new UsageException("which interface? -i NAME; hwa interfaces lists them, and -i any is all of them.");
        }

        var stop = StopOf(result);
        return new LiveOptions
        {
            Interfaces = interfaces,
            Filter = FilterOf(result, [.. result.GetValue(_words) ?? [], .. after]),
            SnapLength = NumberOf("-s", "octets", result.GetValue(_snapLength), MostSnapLength) is > 0 and var octets ? octets : MostSnapLength,
            Promiscuous = !result.GetValue(_notPromiscuous),
            BufferOctets = (NumberOf("-B", "MiB", result.GetValue(_buffer), MostBuffer) ?? 16) << 20,
            Direction = DirectionOf(result.GetValue(_direction)),
            Timeout = timeout,
            MaxDuration = stop.Duration,
            MaxPackets = stop.Packets ?? 0,
        };
    }

    /// <summary>What -a and -c say; of files, what <see cref="RecordingArguments"/> makes of it.</summary>
    public FileCriteria StopOf(ParseResult result)
    {
        var packets = NumberOf("-c", "packets", result.GetValue(_count), int.MaxValue);
        return FileCriteria.Of("-a", result.GetValue(_stop) ?? []).And(new FileCriteria(null, null, packets, null));
    }

    /// <summary>As tcpdump takes it: the words that are left, or -f.</summary>
    private string? FilterOf(ParseResult result, string[] words)
    {
        Arguments.RefuseOptions(words, Arguments.OptionNames(result.CommandResult.Command), " --help lists them.");
        return (result.GetValue(_filter), words) switch
        {
            (null, []) => null,
            (null, _) => string.Join(' ', words),
            (var given, []) => given,
            _ => throw new UsageException("a capture filter stands behind -f or at the end, not both."),
        };
    }

    private static int? NumberOf(string option, string what, string? given, int most)
    {
        if (given is null)
        {
            return null;
        }

        return (int?)Arguments.Count(given, most)
            ?? throw new UsageException(string.Create(
                CultureInfo.InvariantCulture, $"{option} takes a number of {what} from 1 to {most}, not '{given}'."));
    }

    private static CaptureDirection DirectionOf(string? given) => given switch
    {
        null or "inout" => CaptureDirection.Both,
        "in" => CaptureDirection.In,
        "out" => CaptureDirection.Out,
        _ => throw new UsageException($"-Q takes in, out or inout, not '{given}'."),
    };
}
