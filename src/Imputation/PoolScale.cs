using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Imputation;

/// <summary>The scale on which an estimate is pooled: there it is nearest to normal, and from there it is brought back.</summary>
public sealed class PoolScale
{
    private readonly Func<double, double> forward;
    private readonly Func<double, double> slope;

    private PoolScale(string name, Func<double, double> forward, Func<double, double> slope, Func<double, double> back)
    {
        Name = name;
        this.forward = forward;
        this.slope = slope;
        Back = back;
    }

    /// <summary>As it is.</summary>
    public static PoolScale Identity { get; } = new("identity", value => value, _ => 1, value => value);

    /// <summary>By logarithms, for standard deviations and ratios.</summary>
    public static PoolScale Log { get; } = new("log", Math.Log, value => 1 / value, Math.Exp);

    /// <summary>By log odds, for probabilities and intraclass correlations.</summary>
    public static PoolScale Logit { get; } = Of(Link.Logit);

    /// <summary>By Fisher's z, for correlations.</summary>
    public static PoolScale Fisher { get; } = new("fisher", Math.Atanh, value => 1 / (1 - (value * value)), Math.Tanh);

    /// <summary>The name: that of a link, or <c>fisher</c>.</summary>
    public string Name { get; }

    /// <summary>From the pooled scale to the estimate's.</summary>
    internal Func<double, double> Back { get; }

    /// <summary>The scale of a link's predictors, for means of responses.</summary>
    public static PoolScale Of(Link link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return link == Link.Identity
            ? Identity
            : new PoolScale(link.Name, link.Predictor, mean => 1 / link.Derivative(link.Predictor(mean)), link.Mean);
    }

    /// <summary>The estimate and its standard error on the pooled scale.</summary>
    internal (double Estimate, double Error) Forward(double estimate, double error) =>
        (forward(estimate), Math.Abs(slope(estimate)) * error);

    /// <summary>The standard error on the estimate's own scale, from that on the pooled one.</summary>
    internal double ErrorBack(double estimate, double error) => error / Math.Abs(slope(estimate));

    /// <inheritdoc/>
    public override string ToString() => Name;
}
