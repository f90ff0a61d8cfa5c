using System.Globalization;
using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Testing;

/// <summary>One step of a sequence: see <see cref="SequenceClaims.ShouldFollow"/>.</summary>
public sealed class WireStep
{
    private WireStep(SequenceStep step) => Step = step;

    internal SequenceStep Step { get; }

    public static WireStep Syn() => Of(WireEventKind.Syn, "syn", null, null);

    public static WireStep SynAck() => Of(WireEventKind.SynAck, "syn-ack", null, null);

    /// <summary>Its last octet.</summary>
    /// <param name="where">A display filter about its exchange: http.request.method == POST.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static WireStep Request(string? where = null) => Of(WireEventKind.Request, "request", null, where);

    /// <summary>The last octet of a final response.</summary>
    /// <inheritdoc cref="Request"/>
    public static WireStep Response(string? where = null) => Of(WireEventKind.Response, "response", null, where);

    /// <param name="from">Null for either end.</param>
    public static WireStep Fin(Side? from = null) => Of(WireEventKind.Fin, "fin", from, null);

    /// <inheritdoc cref="Fin"/>
    public static WireStep Rst(Side? from = null) => Of(WireEventKind.Rst, "rst", from, null);

    /// <summary>It does not come until the next step, or the end.</summary>
    public static WireStep No(WireStep step) => new(step.Step with { IsNone = true, Within = null, Text = $"no {step.Step.Text}" });

    /// <summary>It comes so soon after the step before.</summary>
    public WireStep Within(TimeSpan time) => new(Step with
    {
        Within = time.Ticks * TimeSpan.NanosecondsPerTick,
        Text = string.Create(CultureInfo.InvariantCulture, $"{Step.Text} within {time.TotalMilliseconds:0.######}ms"),
    });

    private static WireStep Of(WireEventKind kind, string name, Side? from, string? where) => new(new SequenceStep
    {
        Event = kind,
        From = from,
        Where = where is null ? null : Filters.Step(where),
        Text = name + (from is { } side ? $" from {(side == Side.Client ? "client" : "server")}" : "") + (where is null ? "" : $" where {where}"),
    });
}
