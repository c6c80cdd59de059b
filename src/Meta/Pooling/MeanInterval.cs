namespace MarginalConditional.Meta.Pooling;

/// <summary>How the standard error and the interval of the combined effect are computed. Closed: the cases are static members.</summary>
public abstract class MeanInterval
{
    private MeanInterval(string code, string name, bool usesStudent)
    {
        Code = code;
        Name = name;
        UsesStudent = usesStudent;
    }

    /// <summary>The name on the command line.</summary>
    public string Code { get; }

    /// <summary>The name in words.</summary>
    public string Name { get; }

    /// <summary>Whether the interval uses Student's t with k − 1 degrees of freedom; otherwise the normal distribution.</summary>
    public bool UsesStudent { get; }

    /// <summary>The inverse square root of the summed weights with normal quantiles: too narrow with few studies.</summary>
    public static MeanInterval Wald { get; } = new WaldInterval();

    /// <summary>The variance multiplied by Q(τ²)/(k − 1), with Student's t (Hartung and Knapp 2001; Sidik and Jonkman 2002).</summary>
    public static MeanInterval HartungKnapp { get; } = new HartungKnappInterval();

    /// <summary>
    /// Hartung–Knapp with the multiplier not allowed below 1, so that no interval
    /// is narrower than Student's t on the plain variance (Knapp and Hartung 2003).
    /// </summary>
    public static MeanInterval HartungKnappAdHoc { get; } = new HartungKnappAdHocInterval();

    /// <summary>The three cases.</summary>
    public static IReadOnlyList<MeanInterval> All { get; } = [Wald, HartungKnapp, HartungKnappAdHoc];

    /// <summary>What the plain variance is multiplied by.</summary>
    /// <param name="q">Q at the estimate of τ².</param>
    /// <param name="degrees">k − p.</param>
    internal abstract double VarianceMultiplier(double q, int degrees);

    private sealed class WaldInterval() : MeanInterval("wald", "Wald", usesStudent: false)
    {
        internal override double VarianceMultiplier(double q, int degrees) => 1;
    }

    private sealed class HartungKnappInterval() : MeanInterval("hartung-knapp", "Hartung-Knapp", usesStudent: true)
    {
        internal override double VarianceMultiplier(double q, int degrees) => q / degrees;
    }

    private sealed class HartungKnappAdHocInterval() : MeanInterval(
        "hartung-knapp-adhoc",
        "Hartung-Knapp, never narrower",
        usesStudent: true)
    {
        internal override double VarianceMultiplier(double q, int degrees) => Math.Max(1, q / degrees);
    }
}
