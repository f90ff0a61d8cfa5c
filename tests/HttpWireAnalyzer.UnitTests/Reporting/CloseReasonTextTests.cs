using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tui.Columns;
using HttpWireAnalyzer.Tui.Rows;

namespace HttpWireAnalyzer.UnitTests.Reporting;

/// <summary>A list on the screen says of a close what the verb's does.</summary>
public sealed class CloseReasonTextTests
{
    [Theory]
    [InlineData(CloseManner.Open, "open", "열림")]
    [InlineData(CloseManner.Unanswered, "never opened", "열리지 않음")]
    [InlineData(CloseManner.Refused, "server RST", "RST 서버")]
    [InlineData(CloseManner.HalfClosed, "server FIN", "FIN 서버")]
    [InlineData(CloseManner.Fin, "server FIN", "FIN 서버")]
    [InlineData(CloseManner.SimultaneousFin, "both FIN", "FIN 양쪽")]
    [InlineData(CloseManner.FinThenReset, "server FIN+RST", "FIN+RST 서버")]
    [InlineData(CloseManner.Reset, "server RST", "RST 서버")]
    public void Who_closed_is_said_alike(CloseManner how, string english, string korean)
    {
        var row = new ConnectionRow { How = how, First = Side.Server };
        Assert.Equal((english, korean), (CellText.Closer(row, Language.English), CellText.Closer(row, Language.Korean)));
        Assert.Equal(
            (english, korean),
            (CloseReasonText.Closer(how, Side.Server, Language.English), CloseReasonText.Closer(how, Side.Server, Language.Korean)));
    }

    [Theory]
    [InlineData(CloseReason.StillOpen, ApplicationProtocol.Tls, "– (TLS)", "– (TLS)")]
    [InlineData(CloseReason.StillOpen, ApplicationProtocol.Unknown, "–", "–")]
    [InlineData(CloseReason.Unknown, ApplicationProtocol.Tls, "unknown (TLS)", "알 수 없음(TLS)")]
    [InlineData(CloseReason.Unknown, ApplicationProtocol.Unknown, "unknown", "알 수 없음")]
    [InlineData(CloseReason.Refused, ApplicationProtocol.Unknown, "refused", "거부됨")]
    public void Why_is_said_alike(CloseReason reason, ApplicationProtocol protocol, string english, string korean)
    {
        var row = new ConnectionRow { Reason = reason, Protocol = protocol };
        Assert.Equal((english, korean), (CellText.Why(row, Language.English), CellText.Why(row, Language.Korean)));
        Assert.Equal(
            (english, korean),
            (CloseReasonText.InColumn(reason, protocol, Language.English), CloseReasonText.InColumn(reason, protocol, Language.Korean)));
    }
}
