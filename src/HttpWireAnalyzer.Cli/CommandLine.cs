using System.CommandLine;
using System.Diagnostics;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Reporting.Packets;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Cli;

/// <summary>Turns the arguments of one verb into a <see cref="Request"/>.</summary>
internal sealed class CommandLine
{
    private readonly Verb _verb;
    private readonly Command _command;
    private readonly Argument<string[]> _operands = new("FILE") { Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> _read = new("-r") { AllowMultipleArgumentsPerToken = false };
    private readonly Option<string?> _filter = new("-f");
    private readonly Option<string?> _display = new("-Y");
    private readonly Option<string?> _count = new("-c");
    private readonly Option<bool> _quiet = new("-q", "--quiet");
    private readonly Option<bool> _json = new("--json");
    private readonly Option<string?> _colour = new("--color");
    private readonly Option<string[]> _fields = new("-e") { AllowMultipleArgumentsPerToken = false };
    private readonly Option<string?> _sort = new("--sort");
    private readonly Option<bool> _table = new("--table");
    private readonly Option<bool> _digest = new("--digest");
    private readonly Option<bool> _exchanges = new("--exchanges");
    private readonly Option<string?> _side = new("--side");
    private readonly Option<string?> _form = new("--as");
    private readonly Option<string?> _time = new("-t");
    private readonly Option<bool> _plain = new("--plain");
    private readonly Option<string?> _jobs = new("-j", "--jobs");
    private readonly Option<bool> _secrets = new("--show-secrets");
    private readonly Option<string?> _output = new("-w");
    private readonly Option<bool> _force = new("--force");
    private readonly Option<string?> _failOn = new("--fail-on");
    private readonly Option<string?> _language = new("--lang");
    private readonly Option<string?> _theme = new("--theme");
    private readonly Option<string?> _profile = new("--profile");
    private readonly Option<bool> _whatIf = new("--what-if");
    private readonly Option<bool> _all = new("--all");
    private readonly Option<string[]> _settings = new("--set") { AllowMultipleArgumentsPerToken = false };
    private readonly Option<string?> _baseline = new("--baseline");
    private readonly Option<bool> _byPacket = new("--packets");

    public CommandLine(Verb verb)
    {
        _verb = verb;
        _command = new Command("hwa") { _operands, _read, _filter, _display, _count, _quiet, _colour };
        foreach (var option in OptionsOf(verb))
        {
            _command.Add(option);
        }
    }

    public IEnumerable<string> OptionNames => Arguments.OptionNames(_command);

    /// <exception cref="UsageException">The arguments make no request.</exception>
    public Request Parse(IReadOnlyList<string> args)
    {
        RefuseValuesOfFlags(args);
        var result = Arguments.Parse(_command, args, out var plain);
        var operands = result.GetValue(_operands) ?? [];
        Arguments.RefuseOptions(operands, OptionNames, " (A file of that name goes after --.)");
        List<string> files = [.. result.GetValue(_read) ?? [], .. operands, .. plain];
        var display = result.GetValue(_display);
        var connection = _verb is Verb.Story or Verb.Follow && display is null ? ConnectionOperand.Take(_verb, files) : -1;
        if (files.Count == 0)
        {
            throw new UsageException("which file? Name a capture, or - for standard input.");
        }

        return new Request
        {
            Verb = _verb,
            Files = files,
            Connection = connection,
            Filter = Given(_filter),
            DisplayFilter = display,
            MaxPackets = CountOf(Given(_count)),
            Jobs = JobsOf(Given(_jobs)),
            Quiet = Given(_quiet),
            Colour = Colourings.Read(Given(_colour)),
            Json = Given(_json),
            Plain = Given(_plain),
            FieldNames = NamesOf(Given(_fields) ?? []),
            Sort = Given(_sort),
            Table = Given(_table),
            Digest = Given(_digest),
            WithExchanges = Given(_exchanges),
            ShowSecrets = Given(_secrets),
            Side = SideOf(Given(_side)),
            Form = FormOf(Given(_form)),
            Output = Given(_output),
            Force = Given(_force),
            ByPacket = Given(_byPacket),
            FailOn = Given(_failOn) is { } level ? Arguments.SeverityOf("--fail-on", level) : null,
            Language = Given(_language),
            Theme = Themes.Checked(Given(_theme)),
            Profile = Given(_profile),
            WhatIf = Given(_whatIf),
            All = Given(_all),
            Settings = Given(_settings) ?? [],
            Baseline = Given(_baseline),
            Time = Given(_time) is { } time ? TimeOf(time) : null,
        };

        // Not every verb has every option.
        T? Given<T>(Option<T> option) => Has(option) ? result.GetValue(option) : default;
    }

    private static IReadOnlyList<string> NamesOf(IEnumerable<string> given) =>
        [.. given.SelectMany(names => names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct(StringComparer.Ordinal)];

    private static long CountOf(string? given)
    {
        if (given is null)
        {
            return 0;
        }

        return Arguments.Count(given) ?? throw new UsageException($"-c takes a number of packets, not '{given}'.");
    }

    private static int JobsOf(string? given)
    {
        if (given is null)
        {
            return 1;
        }

        return (int?)Arguments.Count(given, AnalysisOptions.MostThreads)
            ?? throw new UsageException(
                $"--jobs takes a number from 1 to {AnalysisOptions.MostThreads}, not '{given}'.");
    }

    private static Side? SideOf(string? given) => Arguments.OneOf("--side", given, "both", "client", "server") switch
    {
        "client" => Tcp.Side.Client,
        "server" => Tcp.Side.Server,
        _ => null,
    };

    private static StreamForm FormOf(string? given) => Arguments.OneOf("--as", given, "http", "hex", "raw") switch
    {
        "hex" => StreamForm.Hex,
        "raw" => StreamForm.Raw,
        _ => StreamForm.Http,
    };

    /// <summary>tshark's letters, and words.</summary>
    private static PacketTime TimeOf(string given) =>
        Arguments.OneOf("-t", given, "relative", "delta", "absolute", "r", "d", "a", "ud") switch
        {
            "delta" or "d" => PacketTime.Delta,
            "absolute" or "a" or "ud" => PacketTime.Absolute,
            _ => PacketTime.Relative,
        };

    private Option[] OptionsOf(Verb verb) => verb switch
    {
        Verb.Summary => [_json, _plain, _language, _theme, _settings, _jobs],
        Verb.Conns => [_json, _table, _fields, _sort, _digest, _exchanges, _language, _jobs],
        Verb.Exchanges => [_json, _table, _fields, _sort, _language, _jobs],
        Verb.Pools => [_json, _table, _fields, _sort, _whatIf, _language, _jobs],
        Verb.Ports => [_json, _table, _fields, _sort, _profile, _language, _jobs],
        Verb.Findings => [_json, _table, _fields, _sort, _all, _failOn, _baseline, _language, _settings, _jobs],
        Verb.Packets => [_json, _table, _fields, _sort, _time],
        Verb.Story => [_json, _language],
        Verb.Slice => [_output, _force, _byPacket],
        Verb.Follow => [_side, _form, _secrets],
        _ => throw new UnreachableException(),
    };

    private bool Has(Option option) => _command.Options.Contains(option);

    /// <summary>The parser takes a value that is no truth for a file.</summary>
    private void RefuseValuesOfFlags(IEnumerable<string> args)
    {
        foreach (var arg in args.TakeWhile(arg => arg != "--"))
        {
            var (name, value) = arg.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (arg[..at], arg[(at + 1)..]) : (arg, "true");
            if (!bool.TryParse(value, out _) && _command.Options.OfType<Option<bool>>().Any(flag => flag.Name == name || flag.Aliases.Contains(name)))
            {
                throw new UsageException($"{name} takes no value, and has '{value}'.{(name == "--json" && Has(_fields) ? " -e chooses fields, of tables and TSV." : "")}");
            }
        }
    }
}
