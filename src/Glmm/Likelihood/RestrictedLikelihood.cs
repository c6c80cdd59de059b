namespace MarginalConditional.Glmm.Likelihood;

/// <summary>A log-likelihood with one parameter tied to the others: ψ_f = value + Σ w_l ψ_l. What profiles and tests maximize.</summary>
internal sealed class RestrictedLikelihood : MarginalLikelihood
{
    private readonly MarginalLikelihood inner;
    private readonly int tied;
    private readonly double[] weights;
    private readonly double[] full;
    private readonly double[] fullGradient;
    private readonly double[] fullInformation;

    /// <summary>Ties one parameter.</summary>
    /// <param name="inner">The log-likelihood of all parameters.</param>
    /// <param name="tied">The parameter that is no longer free.</param>
    /// <param name="weights">What the others add to it, one a parameter; its own entry is ignored.</param>
    public RestrictedLikelihood(MarginalLikelihood inner, int tied, double[] weights)
    {
        this.inner = inner;
        this.tied = tied;
        this.weights = weights;
        full = new double[inner.ParameterCount];
        fullGradient = new double[full.Length];
        fullInformation = new double[full.Length * full.Length];
    }

    /// <summary>The value the parameter is tied to.</summary>
    public double Value { get; set; }

    /// <inheritdoc/>
    public override int ParameterCount => inner.ParameterCount - 1;

    /// <inheritdoc/>
    public override bool HasInformation => inner.HasInformation;

    /// <inheritdoc/>
    public override int Clusters => inner.Clusters;

    /// <summary>The free ones among all parameters.</summary>
    public double[] Reduce(ReadOnlySpan<double> all)
    {
        var free = new double[ParameterCount];
        all[..tied].CopyTo(free);
        all[(tied + 1)..].CopyTo(free.AsSpan(tied));
        return free;
    }

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> parameters, EvaluationNeeds needs, Span<double> gradient, Span<double> information)
    {
        Expand(parameters);
        var value = inner.Evaluate(full, needs, fullGradient, fullInformation);
        var m = full.Length;
        for (var i = 0; i < ParameterCount; i++)
        {
            var a = Index(i);
            if (needs >= EvaluationNeeds.Gradient)
            {
                gradient[i] = fullGradient[a] + (weights[a] * fullGradient[tied]);
            }

            for (var j = 0; needs >= EvaluationNeeds.Information && j < ParameterCount; j++)
            {
                var b = Index(j);
                information[(i * ParameterCount) + j] = fullInformation[(a * m) + b] + (weights[a] * fullInformation[(tied * m) + b])
                    + (weights[b] * fullInformation[(a * m) + tied]) + (weights[a] * weights[b] * fullInformation[(tied * m) + tied]);
            }
        }

        return value;
    }

    /// <inheritdoc/>
    public override void ClusterScores(ReadOnlySpan<double> parameters, Span<double> scores) =>
        throw new InvalidOperationException("A restricted likelihood is only maximized.");

    /// <inheritdoc/>
    public override IReadOnlyList<PosteriorModes> Posterior(ReadOnlySpan<double> parameters)
    {
        Expand(parameters);
        return inner.Posterior(full);
    }

    private int Index(int free) => free < tied ? free : free + 1;

    private void Expand(ReadOnlySpan<double> parameters)
    {
        full[tied] = Value;
        for (var i = 0; i < parameters.Length; i++)
        {
            full[Index(i)] = parameters[i];
            full[tied] += weights[Index(i)] * parameters[i];
        }
    }
}
