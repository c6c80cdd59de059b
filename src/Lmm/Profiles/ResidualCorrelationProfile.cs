using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Lmm.Residual;
using MarginalConditional.Mixed;

namespace MarginalConditional.Lmm.Profiles;

/// <summary>The profile of one correlation of the residual covariance.</summary>
internal sealed class ResidualCorrelationProfile : CorrelationProfile
{
    private readonly ResidualShape shape;
    private readonly int index;
    private readonly int waves;
    private readonly int start;
    private readonly int count;
    private readonly int own;
    private readonly double[] slopes;

    private ResidualCorrelationProfile(
        LinearMixedLikelihood likelihood, double[] theta, int group, int index, double estimate, LmmFit fit, ProfileBudget budget)
        : base(
            likelihood, theta, estimate, fit.Data.Residual!.Shape.CorrelationRange(fit.Data.Residual.Layout.Waves), fit, budget,
            keepsCurvature: true)
    {
        var residual = likelihood.Data.Residual!;
        shape = residual.Shape;
        this.index = index;
        waves = residual.Layout.Waves;
        start = likelihood.Data.RandomParameters + residual.Start(group);
        count = residual.PerGroup;
        own = shape.HeldParameter(index, waves);
        slopes = new double[count];
    }

    /// <inheritdoc/>
    protected override int Dependent => start + own;

    /// <summary>Prepares the profile of a group's correlation.</summary>
    /// <param name="full">A fit by full likelihood.</param>
    /// <param name="group">The group.</param>
    /// <param name="index">The correlation.</param>
    /// <param name="estimate">Its estimate.</param>
    /// <param name="budget">What the searches may take.</param>
    public static ResidualCorrelationProfile Of(LmmFit full, int group, int index, double estimate, ProfileBudget budget)
    {
        var likelihood = full.Open();
        var residual = full.Data.Residual!;
        var theta = full.Theta.ToArray();
        var suited = residual.Shape.ForCorrelation(index, residual.Layout.Waves);
        if (suited != residual.Shape)
        {
            var other = residual.With(suited);
            Translate(residual, other, theta, likelihood.Data.RandomParameters);
            likelihood = new LinearMixedLikelihood(
                likelihood.Data with { Residual = other },
                likelihood.Restricted,
                full.Options.FixedResidualVariance,
                full.Options.Threads);
        }

        var dependent = likelihood.Data.RandomParameters + residual.Start(group) + suited.HeldParameter(index, residual.Layout.Waves);
        return new ResidualCorrelationProfile(
            likelihood,
            [.. theta[..dependent], .. theta[(dependent + 1)..]],
            group,
            index,
            estimate,
            full,
            budget);
    }

    /// <inheritdoc/>
    protected override bool TryComplete(Span<double> theta, double value)
    {
        Array.Clear(slopes);
        return shape.TryHold(index, value, waves, theta.Slice(start, count), slopes);
    }

    /// <inheritdoc/>
    protected override void Chain(Span<double> gradient)
    {
        for (var k = 0; k < count; k++)
        {
            gradient[start + k] += k == own ? 0 : slopes[k] * gradient[start + own];
        }
    }

    /// <inheritdoc/>
    protected override double[] Retreat(double[] free, double share)
    {
        var nearer = (double[])free.Clone();
        foreach (ref var value in nearer.AsSpan(start, count - 1))
        {
            value *= share;
        }

        return nearer;
    }

    /// <summary>The parameters of another shape of the same structure, at the same covariances.</summary>
    private static void Translate(ResidualModel from, ResidualModel to, Span<double> all, int random)
    {
        var m = from.Layout.Waves;
        var theta = all[random..];
        var old = theta.ToArray();
        var first = 1.0;
        for (var group = 0; group < from.Layout.Groups; group++)
        {
            var ratio = from.Ratio(group, old);
            var covariance = new double[m * m];
            from.Shape.Evaluate(
                old.AsSpan(from.Start(group), from.PerGroup),
                from.Layout.Times,
                covariance,
                new double[from.PerGroup * m * m]);
            to.Shape.FillStart(covariance, m, theta.Slice(to.Start(group), to.PerGroup));
            var relative = new double[m * m];
            to.Shape.Evaluate(theta.Slice(to.Start(group), to.PerGroup), to.Layout.Times, relative, new double[to.PerGroup * m * m]);
            var deviation = ratio * Math.Sqrt(covariance[0] / relative[0]);
            if (group == 0)
            {
                first = deviation;
            }
            else
            {
                theta[to.Start(group) - 1] = Math.Log(deviation / first);
            }
        }

        // The random effects' factors are relative to the deviation of the wave that comes first.
        foreach (ref var value in all[..random])
        {
            value /= first;
        }
    }
}
