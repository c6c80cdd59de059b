namespace MarginalConditional.Browser.Tests.Support;

/// <summary>A fact that a browser shows; skipped by name where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Chromium.Path is null ? Chromium.Missing : null;
}
