namespace MarginalConditional.Browser.Tests.Support;

/// <summary>Measures the boxes of all visible text in a page.</summary>
internal static class LayoutScript
{
    /// <summary>
    /// A function that returns a sentence for each fault: text that is cut or lies over another, a page that is too wide.
    /// </summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        using var stream = typeof(LayoutScript).Assembly.GetManifestResourceStream("layout.js")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
