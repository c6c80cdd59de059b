namespace MarginalConditional.Meta.Pooling;

/// <summary>How tables are combined to one common effect without an effect of each study. Closed: the cases are static members.</summary>
public sealed class TableMethod
{
    private TableMethod(string code, string name)
    {
        Code = code;
        Name = name;
    }

    /// <summary>The name on the command line.</summary>
    public string Code { get; }

    /// <summary>The name in words.</summary>
    public string Name { get; }

    /// <summary>Mantel and Haenszel (1959).</summary>
    public static TableMethod MantelHaenszel { get; } = new("MH", "Mantel-Haenszel");

    /// <summary>Yusuf, Peto and others (1985): one step from no effect; for rare events and small effects in balanced arms.</summary>
    public static TableMethod Peto { get; } = new("Peto", "Peto");

    /// <summary>Both.</summary>
    public static IReadOnlyList<TableMethod> All { get; } = [MantelHaenszel, Peto];
}
