using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.UnitTests.Checks;
using HttpWireAnalyzer.UnitTests.Findings;

namespace HttpWireAnalyzer.UnitTests.Cli;

/// <summary>Lists for people speak the reader's language; what programs read is the same in all.</summary>
public sealed class ListLanguageTests
{
    [Theory]
    [InlineData("conns", "클라이언트", "FIN 서버  유휴, 예고 없음 1.001 s")]
    [InlineData("exchanges", "앞선 유휴", "새 연결")]
    [InlineData("pools", "사용 중", "10.0.0.7")]
    [InlineData("ports", "예측", "연결 1개; TIME_WAIT에 남은 쪽: 클라이언트 0, 서버 1")]
    public void In_Korean(string verb, string heading, string cell)
    {
        using var folder = new CheckFolder();
        var (code, output, _) = folder.Run(Idle(), verb, "--table", "--lang", "ko", "-");
        Assert.Equal(0, code);
        Assert.Contains(heading, output);
        Assert.Contains(cell, output);
        folder.Variables["LC_ALL"] = "ko_KR.UTF-8";
        Assert.Equal(output, folder.Run(Idle(), verb, "--table", "-").Output);
        Assert.NotEqual(output, folder.Run(Idle(), verb, "--table", "--lang", "en", "-").Output);
    }

    [Theory]
    [InlineData("conns")]
    [InlineData("exchanges")]
    [InlineData("pools")]
    [InlineData("ports")]
    public void Fields_are_as_they_are(string verb)
    {
        using var folder = new CheckFolder();
        Assert.Equal(folder.Run(Idle(), verb, "-").Output, folder.Run(Idle(), verb, "--lang", "ko", "-").Output);
        Assert.Equal(folder.Run(Idle(), verb, "--json", "-").Output, folder.Run(Idle(), verb, "--json", "--lang", "ko", "-").Output);
    }

    [Fact]
    public void What_if_is_told_in_Korean_too()
    {
        using var folder = new CheckFolder();
        Assert.Contains("요청 2개", folder.Run(Idle(), "pools", "--what-if", "--lang", "ko", "-").Output);
    }

    /// <summary>One connection, which the server closes when it has been idle.</summary>
    private static byte[] Idle()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Exchange(10).Close(1012, Side.Server);
        return scene.Capture();
    }
}
