namespace MarginalConditional.Browser.Tests.Support;

/// <summary>How a page is looked at.</summary>
/// <param name="Width">Of the window, pixels.</param>
/// <param name="Height">Of the window, pixels.</param>
/// <param name="IsDark">Whether the reader prefers dark pages.</param>
internal sealed record Look(int Width, int Height, bool IsDark)
{
    /// <summary>A desk.</summary>
    public static Look Desk { get; } = new(1280, 900, false);

    /// <summary>A desk at night.</summary>
    public static Look Night { get; } = new(1280, 900, true);

    /// <summary>A small phone.</summary>
    public static Look Phone { get; } = new(360, 740, false);

    /// <summary>All of them, by name.</summary>
    public static Look Of(string name) => name switch
    {
        "desk" => Desk,
        "night" => Night,
        _ => Phone,
    };
}
