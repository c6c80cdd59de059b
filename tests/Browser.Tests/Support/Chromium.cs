namespace MarginalConditional.Browser.Tests.Support;

/// <summary>The browser of this machine.</summary>
internal static class Chromium
{
    /// <summary>Why a test is skipped where there is none.</summary>
    public const string Missing = "There is no Chromium on this machine: apt-get install chromium, or name it by MARGCOND_CHROMIUM.";

    private static readonly string[] Places =
    [
        Environment.GetEnvironmentVariable("MARGCOND_CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium",
        "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable",
    ];

    /// <summary>The program; null where there is none.</summary>
    public static string? Path { get; } = Array.Find(Places, File.Exists);
}
