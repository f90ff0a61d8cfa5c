using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.UnitTests.Query.Fields;

public sealed class WordTests
{
    [Fact]
    public void Error_codes_of_HTTP_2_have_the_names_of_the_RFC()
    {
        Assert.Equal(
            [
                "none", "no_error", "protocol_error", "internal_error", "flow_control_error", "settings_timeout", "stream_closed",
                "frame_size_error", "refused_stream", "cancel", "compression_error", "connect_error", "enhance_your_calm",
                "inadequate_security", "http_1_1_required", "other",
            ],
            Words.Http2ErrorCodes.Select(word => word.Text));
        Assert.Contains(Words.Http2ErrorCodes, word => word.IsSpelt("HTTP11-required"));
    }
}
