using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis;

/// <summary>Whose receive window is closed (RFC 9293 §3.8.6.1), by the remarks of a connection so far.</summary>
internal struct WindowsClosed
{
    private ClosedWindow _client;
    private ClosedWindow _server;

    public void Add(in TcpRemark remark)
    {
        ref var window = ref remark.Sender == Side.Client ? ref _client : ref _server;
        if (remark.Kind == TcpRemarkKind.WindowReopened)
        {
            window = window with { Reopened = remark.Packet };
        }
        else if (remark.Kind == TcpRemarkKind.ZeroWindow && !window.IsClosed)
        {
            window = new ClosedWindow(remark.Packet, default);
        }
    }

    public readonly bool Of(Side receiver) => Last(receiver).IsClosed;

    /// <summary>The last time that it was closed; none where it never was.</summary>
    public readonly ClosedWindow Last(Side receiver) => receiver == Side.Client ? _client : _server;
}

/// <summary>A time in which a receiver offered no room: its program did not read.</summary>
/// <param name="By">The segment that closed the window; none where none did.</param>
/// <param name="Reopened">The segment that opened it again; none where it stays closed.</param>
public readonly record struct ClosedWindow(PacketRef By, PacketRef Reopened)
{
    /// <summary>Nanoseconds: a program that reads so soon does read, and no sender gives up so soon.</summary>
    private const long Noticeable = Timestamp.NanosecondsPerSecond;

    public bool IsNone => By.IsNone;

    public bool IsClosed => !By.IsNone && Reopened.IsNone;

    /// <summary>How long it was closed, nanoseconds, if it still is at <paramref name="until"/>.</summary>
    public long Lasted(PacketRef until) => (Reopened.IsNone ? until : Reopened).Time.Since(By.Time);

    /// <summary>
    /// Who closed at <paramref name="close"/> had most likely given up a reader that took nothing: the window was closed
    /// for long, and is, or was opened so shortly before that the rest of what had been sent, and the FIN, came behind it.
    /// </summary>
    public bool IsWhy(PacketRef close) => !IsNone && Lasted(close) is >= Noticeable and var lasted
        && (Reopened.IsNone || close.Time.Since(Reopened.Time) < lasted);
}
