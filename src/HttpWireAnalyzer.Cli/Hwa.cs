using System.Text;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Capture.Live;
using HttpWireAnalyzer.Capture.Output;
using HttpWireAnalyzer.Cli.Yaml;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Reporting;

namespace HttpWireAnalyzer.Cli;

/// <summary>The command: arguments in, an exit code out. Touches nothing but its <see cref="Terminal"/>.</summary>
public static class Hwa
{
    /// <summary>As --version says it, and as files that hwa writes say who wrote them.</summary>
    internal static string NameAndVersion => $"hwa {Version}";

    private static IEnumerable<string> VerbNames => Verbs.Names.Concat(FilelessVerbs.Names);

    internal static string? Version => typeof(Hwa).Assembly.GetName().Version?.ToString(3);

    public static int Run(IReadOnlyList<string> args, Terminal terminal)
    {
        try
        {
            return Dispatch(args, terminal);
        }
        catch (UsageException error)
        {
            return Refuse(terminal, error.Message, ExitCode.Usage);
        }
        catch (FilterException error)
        {
            return RefuseFilter(terminal, error.Message, error.Picture);
        }
        catch (YamlFileException error)
        {
            return RefuseFilter(terminal, error.Message, error.Picture);
        }
        catch (CaptureFilterException error)
        {
            var meant = !DisplayFilterGuess.IsOne(error.Filter) ? ""
                : args[0] == "capture" ? ". This looks like a display filter, and capture filters are BPF; hwa capture takes one behind --on."
                : ". This looks like a display filter, and capture filters are BPF: give it behind -Y.";
            return RefuseFilter(
                terminal, $"-f: {error.Message}{meant}", CaretPicture.Of(error.Filter, error.Start, error.Start + error.Length));
        }
        catch (LiveCaptureException error)
        {
            return Refuse(
                terminal, error.Message, error.Failure == LiveFailure.NoSuchInterface ? ExitCode.Usage : ExitCode.Unreadable);
        }
        catch (CaptureFormatException error)
        {
            return Refuse(terminal, error.Message, ExitCode.Unreadable);
        }
        catch (CaptureWriteException error)
        {
            return Refuse(terminal, error.IsTaken ? error.Message + ": --force overwrites it" : error.Message, ExitCode.Unwritable);
        }
        catch (OutputFailedException error)
        {
            return Refuse(terminal, error.Message, ExitCode.Unwritable);
        }
        catch (OutputClosedException)
        {
            return ExitCode.Done;
        }
    }

    private static int Refuse(Terminal terminal, string message, int code)
    {
        terminal.Error.WriteLine("hwa: " + PrintableText.OfMessage(message));
        return code;
    }

    private static int RefuseFilter(Terminal terminal, string message, IReadOnlyList<string> picture)
    {
        Refuse(terminal, message, ExitCode.Usage);
        foreach (var line in picture)
        {
            terminal.Error.WriteLine(line);
        }

        return ExitCode.Usage;
    }

    private static int Dispatch(IReadOnlyList<string> args, Terminal terminal)
    {
        if (args.Count == 0)
        {
            Write(terminal, HelpText.Main);
            return ExitCode.Usage;
        }

        if (args[0] == "--version")
        {
            Write(terminal, NameAndVersion + "\n");
            return ExitCode.Done;
        }

        if (FilelessVerbs.Find(args[0]) is { } about)
        {
            return about(args, terminal);
        }

        if (args[0] == "help" || args[0] is "-h" or "--help")
        {
            if (args.Count > 1 && FilelessVerbs.Find(args[1]) is { } described)
            {
                return described([args[1], "--help"], terminal);
            }

            var asked = args.Count > 1 ? Verbs.Find(args[1]) : null;
            if (asked is null && args.Count > 1 && args[0] == "help")
            {
                throw new UsageException($"'{args[1]}' is no verb.{Suggestion.For(args[1], VerbNames)} hwa --help lists them.");
            }

            Write(terminal, asked is not null ? HelpText.Of(asked.Value) : HelpText.Main);
            return ExitCode.Done;
        }

        var named = Verbs.Find(args[0]);
        if (named is null)
        {
            RefuseIfMeantAsVerb(args[0]);
            RefuseVerbBehindOptions(args);
        }

        var verb = named ?? Verb.Summary;
        var rest = named is null ? args : [.. args.Skip(1)];
        if (rest.TakeWhile(arg => arg != "--").Any(arg => arg is "-h" or "--help"))
        {
            Write(terminal, HelpText.Of(verb));
            return ExitCode.Done;
        }

        if (Verbs.FieldsOf(verb) is { } fields && AsksForFields(rest))
        {
            Write(terminal, HelpText.Of(fields));
            return ExitCode.Done;
        }

        var request = new CommandLine(verb).Parse(rest);
        return (named is null ? ScreenVerb.TryRun(request, terminal) : null) ?? Verbs.Run(request, terminal);
    }

    private static bool AsksForFields(IReadOnlyList<string> args) =>
        args.Contains("--json=fields") || (args.ToList().IndexOf("-e") is >= 0 and var at && at + 1 < args.Count && args[at + 1] == "help");

    /// <summary>A word that is neither a verb nor a file's name was probably meant to be a verb.</summary>
    private static void RefuseIfMeantAsVerb(string word)
    {
        if (word.Length == 0 || word[0] == '-' || word.AsSpan().ContainsAny('.', '/', '\\') || File.Exists(word))
        {
            return;
        }

        throw new UsageException(
            $"'{word}' is neither a verb nor a file.{Suggestion.For(word, VerbNames)} hwa --help lists the verbs.");
    }

    /// <summary>hwa --lang ko summary FILE: each verb has options of its own.</summary>
    private static void RefuseVerbBehindOptions(IReadOnlyList<string> args)
    {
        if (args[0].StartsWith('-') && args.TakeWhile(arg => arg != "--").FirstOrDefault(arg => VerbNames.Contains(arg) && !File.Exists(arg)) is { } verb)
        {
            throw new UsageException($"the verb comes first: hwa {verb} {args[0]} …");
        }
    }

    internal static void Write(Terminal terminal, string text) => terminal.Output.Write(Encoding.UTF8.GetBytes(text));
}
