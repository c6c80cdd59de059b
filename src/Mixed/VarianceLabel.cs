namespace MarginalConditional.Mixed;

/// <summary>The names of variance parameters in tables and results, the same for every mixed model.</summary>
public static class VarianceLabel
{
    /// <summary>The standard deviation of the residuals.</summary>
    public const string Residual = "residual SD";

    /// <summary>Such as <c>SD time | patient</c>.</summary>
    public static string Deviation(string effect, string group) => $"SD {effect} | {group}";

    /// <summary>Such as <c>correlation (Intercept), time | patient</c>.</summary>
    public static string Correlation(string effect, string other, string group) => $"correlation {effect}, {other} | {group}";
}
