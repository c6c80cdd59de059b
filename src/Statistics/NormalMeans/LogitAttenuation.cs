namespace MarginalConditional.Statistics.NormalMeans;

/// <summary>How a normal effect flattens a logit, in closed form: an approximation, never the marginal mean itself.</summary>
public static class LogitAttenuation
{
    /// <summary>
    /// c = 16√3 / (15π), the scale at which a normal distribution function runs
    /// closest to the logistic one (Zeger, Liang and Albert 1988, equation 3.4).
    /// </summary>
    public static readonly double Scale = 16 * Math.Sqrt(3) / (15 * Math.PI);

    /// <summary>
    /// √(1 + c²τ²), by which a logit is divided when a normal effect of
    /// standard deviation τ is averaged over (Zeger, Liang and Albert 1988).
    /// </summary>
    /// <param name="deviation">τ ≥ 0, on the scale of the logit.</param>
    public static double Divisor(double deviation) => Math.Sqrt(1 + (Scale * Scale * deviation * deviation));
}
