namespace HttpWireAnalyzer.Tcp;

/// <summary>Zeek's conn_state values (docs.zeek.org, base/protocols/conn).</summary>
public enum ZeekState : byte
{
    S0,
    S1,
    SF,
    REJ,
    S2,
    S3,
    RSTO,
    RSTR,
    RSTOS0,
    RSTRH,
    SH,
    SHR,
    OTH,
}
