using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Statistics.Optimization;

namespace MarginalConditional.Lmm.Profiles;

/// <summary>Minus twice the log-likelihood with one correlation held: one parameter follows from the value and the other parameters.</summary>
internal abstract class CorrelationProfile : IObjective
{
    private readonly double[] theta;
    private readonly double[] slope;
    private readonly double minimum;
    private readonly double estimate;
    private double[] last;
    private double held;

    /// <summary>Prepares the profile.</summary>
    /// <param name="likelihood">The full likelihood, in parameters that suit the correlation.</param>
    /// <param name="start">The free parameters at the estimate.</param>
    /// <param name="estimate">The estimate.</param>
    /// <param name="minimum">Minus twice the largest log-likelihood.</param>
    protected CorrelationProfile(LinearMixedLikelihood likelihood, double[] start, double estimate, double minimum)
    {
        Likelihood = likelihood;
        last = start;
        this.estimate = estimate;
        this.minimum = minimum;
        theta = new double[likelihood.Parameters];
        slope = new double[theta.Length];
    }

    /// <inheritdoc/>
    public int Parameters => theta.Length - 1;

    /// <summary>The likelihood.</summary>
    protected LinearMixedLikelihood Likelihood { get; }

    /// <summary>The index in θ of the parameter that is not free.</summary>
    protected abstract int Dependent { get; }

    /// <summary>The signed root of the likelihood ratio at a value of the correlation; infinite where no parameters have it.</summary>
    public double Root(double value)
    {
        held = value;
        var result = new QuasiNewton(this, 1e-9, 100).Minimize(last);
        for (var attempt = 1; attempt <= 4 && !double.IsFinite(result.Value); attempt++)
        {
            result = new QuasiNewton(this, 1e-9, 100).Minimize(Retreat(last, 1 - 0.25 * attempt));
        }

        if (!double.IsFinite(result.Value))
        {
            return value < estimate ? double.NegativeInfinity : double.PositiveInfinity;
        }

        last = result.Theta;
        return Math.Sign(value - estimate) * Math.Sqrt(Math.Max(0, result.Value - minimum));
    }

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> free, Span<double> gradient)
    {
        free[..Dependent].CopyTo(theta);
        free[Dependent..].CopyTo(theta.AsSpan(Dependent + 1));
        if (!TryComplete(theta, held))
        {
            return double.PositiveInfinity;
        }

        var value = Likelihood.Evaluate(theta, gradient.Length > 0 ? slope : []);
        if (gradient.Length > 0 && double.IsFinite(value))
        {
            Chain(slope);
            slope.AsSpan(0, Dependent).CopyTo(gradient);
            slope.AsSpan(Dependent + 1).CopyTo(gradient[Dependent..]);
        }

        return value;
    }

    /// <summary>Turns free parameters into those of the likelihood; the dependent one has no value yet.</summary>
    /// <returns>False when no parameters have the correlation.</returns>
    protected abstract bool TryComplete(Span<double> theta, double value);

    /// <summary>Turns the gradient by the likelihood's parameters into that by the free ones.</summary>
    protected abstract void Chain(Span<double> gradient);

    /// <summary>A start nearer to independence, for values that the last parameters do not allow.</summary>
    protected abstract double[] Retreat(double[] free, double share);
}
