using System.Text;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Cli.Findings;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Checks;

namespace HttpWireAnalyzer.Cli.Checks;

/// <summary>hwa init: a spec to begin with, out of a capture that is as it should be.</summary>
internal static class InitVerb
{
    public static int Run(IReadOnlyList<string> args, Terminal terminal)
    {
        List<string> given = [.. args.Skip(1)];
        if (given.Any(arg => arg is "-h" or "--help"))
        {
            Hwa.Write(terminal, CheckHelp.Init);
            return ExitCode.Done;
        }

        Arguments.RefuseOptions(given, ["--help"]);
        if (given.Count != 1)
        {
            throw new UsageException("which capture? hwa init takes one that is as it should be, and writes a spec to standard output.");
        }

        return Write(given[0], terminal);
    }

    private static int Write(string path, Terminal terminal)
    {
        using var session = new Session(new SessionRequest { Files = [path] }, terminal);
        var account = new StarterAccount();
        var line = new FindingsLine(RuleBook.Begin(RuleThresholds.Of([], terminal)));
        var pools = new PoolAccount(new ExchangeTee(line, new ConnectionRecords(account)));
        var totals = session.Run(pools, AnalysisTaps.None);
        if (totals.Interrupted)
        {
            return ExitCode.Interrupted;
        }

        if (!account.HasConnections)
        {
            throw new UsageException($"{path} has no connection: there is nothing to claim.");
        }

        using var text = new StreamWriter(terminal.Output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        new StarterSpec(text).Write(path, totals, account, line.Conclude(totals, pools.Report()));
        return ExitCode.Done;
    }
}
