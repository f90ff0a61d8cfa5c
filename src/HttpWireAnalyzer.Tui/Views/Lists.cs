using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tui.Columns;
using HttpWireAnalyzer.Tui.Layout;
using HttpWireAnalyzer.Tui.Rows;

namespace HttpWireAnalyzer.Tui.Views;

/// <summary>The lists with what their colours say.</summary>
internal static class Lists
{
    public static void Draw(Model model, Sheet sheet, int top, int height)
    {
        switch (model.View)
        {
            case ViewKind.Connections:
                new ListView<ConnectionRow>(ConnectionColumns.Shown(model, model.Connections.ColumnSet), place => model.Capture.Rows.Connections[model.RowAt(model.Connections, place)], ToneOf)
                    .Draw(model, model.Connections, sheet, top, height, row => model.Selected.Contains(row.Number));
                break;
            case ViewKind.Exchanges:
                new ListView<ExchangeRow>(ExchangeColumns.Sets(model.Wording.Language)[model.Exchanges.ColumnSet], place => model.Capture.Rows.Exchanges[model.RowAt(model.Exchanges, place)], ToneOf)
                    .Draw(model, model.Exchanges, sheet, top, height, row => model.Selected.Contains(row.Connection));
                break;
            case ViewKind.Findings:
                new ListView<FindingRow>(FindingColumns.Sets(model.Wording.Language)[model.Findings.ColumnSet], place => GroupUpdate.RowAt(model, place), ToneOf)
                    .Draw(model, model.Findings, sheet, top, height, _ => false);
                break;
            case ViewKind.Pools:
                new ListView<PoolRecord>(PoolColumns.Sets[0], place => model.Capture.Pools!.Pools[model.RowAt(model.Pools, place)], ToneOf)
                    .Draw(model, model.Pools, sheet, top, height, _ => false);
                break;
            default:
                new ListView<PortStanding>(PortColumns.Sets[0], place => model.Standings![model.RowAt(model.Ports, place)], ToneOf)
                    .Draw(model, model.Ports, sheet, top, height, _ => false);
                break;
        }
    }

    private static Tone ToneOf(in ConnectionRow row, string column) => column switch
    {
        "client" or "client is" or "client sent" => Tone.Client,
        "server" or "server is" or "server sent" => Tone.Server,
        "st" => OfSeverity(row.Severity, row.Has(RowFlags.ClientTimeWait | RowFlags.ServerTimeWait) ? Tone.TimeWait : Tone.Good),
        "closed by" => row.How switch
        {
            CloseManner.Reset or CloseManner.Refused or CloseManner.FinThenReset or CloseManner.Unanswered => Tone.Error,
            CloseManner.Open => Tone.Good,
            _ => Tone.Fin,
        },
        "why" or "unfinished" when row.Severity == RowSeverity.Error => Tone.Error,
        "again" or "gaps" when row.Retransmissions + row.Gaps > 0 => Tone.Warning,
        "time_wait" => Tone.TimeWait,
        "finding" => row.Rule is null ? Tone.Dim : OfSeverity(row.RuleSeverity),
        _ => Tone.Plain,
    };

    private static Tone ToneOf(in ExchangeRow row, string column) => column switch
    {
        "st" => OfSeverity(row.Severity, Tone.Plain),
        "status" when row.Status >= 500 => Tone.Error,
        "status" when row.Status >= 400 => Tone.Warning,
        "status" when row.Status > 0 => Tone.Good,
        "idle before" when row.IdleBefore < 0 => Tone.Dim,
        "after it" => row.Severity == RowSeverity.Error && row.Status < 500 ? Tone.Error
            : row.Persistence == PersistenceVerdict.Persistent ? Tone.Good
            : Tone.Plain,
        "stalled" when row.Stalled > 0 => Tone.Warning,
        "repeats" when row.RetryOf >= 0 => Tone.Warning,
        _ => Tone.Plain,
    };

    private static Tone ToneOf(in FindingRow row, string column) => column switch
    {
        "st" or "rule" => OfSeverity(row.Finding.Severity),
        "sure" when row.Finding.Confidence != Confidence.Certain => Tone.Assumed,
        "title" when row.Head is not null => Tone.Bold,
        "about" => Tone.Dim,
        _ => Tone.Plain,
    };

    public static Tone OfSeverity(Severity severity) => severity switch
    {
        Severity.Error => Tone.Error,
        Severity.Warning => Tone.Warning,
        Severity.Note => Tone.Bold,
        _ => Tone.Dim,
    };

    private static Tone ToneOf(in PoolRecord pool, string column) => column switch
    {
        "client" => Tone.Client,
        "server" => Tone.Server,
        "failed" or "retried" when pool.Exchanges.Failed > 0 => Tone.Error,
        "reuse" when pool.Exchanges is { Total: > 1, Reusing: 0 } => Tone.Warning,
        "closes" when pool.Connections.Reset > 0 => Tone.Warning,
        _ => Tone.Plain,
    };

    private static Tone ToneOf(in PortStanding standing, string column) => column switch
    {
        "client" => Tone.Client,
        "server" => Tone.Server,
        "ports max" or "of limit" => ToneOfShare(standing.Forecast.Peak, standing.Forecast.Limit),
        "rate" or "forecast" => ToneOfShare(standing.Forecast.Steady, standing.Forecast.Limit),
        "client waits" or "server waits" => Tone.TimeWait,
        _ => Tone.Plain,
    };

    /// <summary>The shares from which HWA-X001 speaks.</summary>
    private static Tone ToneOfShare(long taken, long limit) =>
        taken * 10 >= limit * 8 ? Tone.Error : taken * 2 >= limit ? Tone.Warning : Tone.Plain;

    private static Tone OfSeverity(RowSeverity severity, Tone otherwise) => severity switch
    {
        RowSeverity.Error => Tone.Error,
        RowSeverity.Warning => Tone.Warning,
        _ => otherwise,
    };
}
