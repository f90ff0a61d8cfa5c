using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.UnitTests.Findings;

namespace HttpWireAnalyzer.UnitTests.Checks;

/// <summary>Traffic that several tests of hwa check hold against claims.</summary>
internal static class Scenes
{
    /// <summary>The server closes a connection that is idle, and the client sends a request to it all the same (HWA-K002).</summary>
    public static Scene Stale(string target)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Server, 1000).Ack(Side.Client, 1040)
            .Request(1060, $"POST /{target}", body: "x=1").Rst(Side.Server, 1060.2);
        return scene;
    }
}
