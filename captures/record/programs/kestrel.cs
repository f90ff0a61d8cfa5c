// Kestrel with a keep-alive timeout of 2 s and otherwise as it comes.
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false

var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.ListenAnyIP(80);
    kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(2);
});
var application = builder.Build();
application.MapGet("/", () => "hello\n");
application.Run();
