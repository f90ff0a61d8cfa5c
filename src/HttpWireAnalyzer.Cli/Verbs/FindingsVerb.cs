using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Findings;

namespace HttpWireAnalyzer.Cli;

/// <summary>hwa findings: what is wrong, why, with its packets, and what to do.</summary>
internal static class FindingsVerb
{
    /// <summary>Of each rule, unless all are asked for: more of a kind tell nobody anything new.</summary>
    private const int ShownOfRule = 5;

    public static int Run(Request request, Terminal terminal)
    {
        using var session = new Session(request, terminal);
        var line = new FindingsLine(RuleBook.Begin(RuleSettings.Usual));
        var pools = new PoolAccount(line);
        var totals = session.Run(pools, AnalysisTaps.None);
        var report = line.Conclude(totals, pools.Report());
        new FindingsText(session.Text, session.Style, terminal.Width(), Language.English).Write(report, ShownOfRule);
        return session.FinishText(totals);
    }
}
