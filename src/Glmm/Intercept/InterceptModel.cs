using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Glmm.Quadrature;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Glmm.Intercept;

/// <summary>
/// A model with one random intercept a cluster of the frame, of any <see cref="InterceptLaw"/>: conditional, or marginalized (Heagerty
/// 1999), with one σ or one for each group of clusters. Its data made ready for likelihoods. Immutable.
/// </summary>
/// <remarks>
/// Parameters are (β, σ₁, …, σ_G). A likelihood runs on scaled columns, as <see cref="GlmmFitter"/> does; this class translates.
/// </remarks>
public sealed class InterceptModel
{
    private readonly ColumnScaling scaling;
    private readonly int[] patternGroups;
    private readonly int threads;

    /// <summary>Prepares a frame; its random terms do not matter, its clusters do.</summary>
    /// <param name="frame">Design, response, offset, weights, clusters.</param>
    /// <param name="family">Binomial or Poisson, whose dispersion is 1.</param>
    /// <param name="link">g.</param>
    /// <param name="law">The law of the intercept.</param>
    /// <param name="isMarginal">Whether xβ is the predictor of the marginal mean; for the normal law only.</param>
    /// <param name="threads">0 for all processors.</param>
    /// <param name="groups">The group of each cluster, 0 … G − 1, constant where rows are equal; null when all share one σ.</param>
    /// <exception cref="ArgumentException">There is no such model.</exception>
    public InterceptModel(
        ModelFrame frame, Family family, Link link, InterceptLaw law, bool isMarginal, int threads, IReadOnlyList<int>? groups = null)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(law);
        if (family != Family.Binomial && family != Family.Poisson)
        {
            throw new ArgumentException("The family has to be binomial or Poisson.", nameof(family));
        }

        if (!law.Allows(link))
        {
            throw new ArgumentException("The bridge distribution here is that of the logit link.", nameof(link));
        }

        if (isMarginal && (law != InterceptLaw.Normal || groups is not null))
        {
            throw new ArgumentException("A marginalized model has one normal intercept.", nameof(isMarginal));
        }

        Law = law;
        this.threads = threads;
        Mean = isMarginal ? MarginalMean.For(link) : null;
        Density = ConditionalDensity.For(family, link, freeDispersion: false);
        scaling = new ColumnScaling(frame.Design);
        var own = frame.RandomTerms.Count == 0 ? frame : frame.WithTerms(frame.Design, []);
        Data = ClusterDataBuilder.Build(own, scaling, RandomLevel.FromFrame(own), Density, family);
        Lanes = ClusterLanes.Of(Data, threads);
        patternGroups = new int[Data.Patterns];
        for (var c = 0; groups is not null && c < groups.Count; c++)
        {
            patternGroups[Data.PatternOfCluster[c]] = groups[c];
            Deviations = Math.Max(Deviations, groups[c] + 1);
        }
    }

    /// <summary>The law of the intercept.</summary>
    public InterceptLaw Law { get; }

    /// <summary>G, the number of standard deviations.</summary>
    public int Deviations { get; } = 1;

    /// <summary>p + G.</summary>
    public int ParameterCount => Data.Columns + Deviations;

    /// <summary>The number of clusters.</summary>
    public int Clusters => Data.PatternOfCluster.Length;

    internal MarginalMean? Mean { get; }

    internal ConditionalDensity Density { get; }

    internal ClusterData Data { get; }

    internal ClusterLanes Lanes { get; }

    /// <summary>A likelihood with scratch and modes of its own.</summary>
    /// <param name="nodes">Quadrature nodes; a discrete law needs none.</param>
    public InterceptLikelihood Open(int nodes) => new(this, nodes, threads);

    /// <summary>The parameters of the scaled columns.</summary>
    /// <param name="parameters">p + G numbers, data units.</param>
    public double[] ToScaled(ReadOnlySpan<double> parameters)
    {
        var scaled = parameters.ToArray();
        scaling.FromData(parameters[..Data.Columns], scaled.AsSpan(0, Data.Columns));
        return scaled;
    }

    /// <summary>The parameters of the data's columns.</summary>
    /// <param name="scaled">p + G numbers.</param>
    public double[] ToData(ReadOnlySpan<double> scaled)
    {
        var parameters = scaled.ToArray();
        scaling.ToData(scaled[..Data.Columns], parameters.AsSpan(0, Data.Columns));
        return parameters;
    }

    /// <summary>A covariance of the scaled parameters as one of the data's, m×m.</summary>
    /// <param name="scaled">m×m.</param>
    public double[] CovarianceToData(ReadOnlySpan<double> scaled)
    {
        // ToData is linear: applied to every row, and then to every column.
        var m = ParameterCount;
        var covariance = scaled.ToArray();
        for (var pass = 0; pass < 2; pass++)
        {
            for (var j = 0; j < m; j++)
            {
                ToData(covariance.AsSpan(j * m, m)).CopyTo(covariance, j * m);
            }

            Transpose(covariance, m);
        }

        return covariance;
    }

    /// <summary>Replaces scores in the scaled parameters by those in the data's, clusters×m.</summary>
    /// <param name="scores">Clusters×m.</param>
    public void ScoresToData(Span<double> scores)
    {
        var m = ParameterCount;
        var p = Data.Columns;
        var jacobian = new double[p * p];
        scaling.FillJacobian(jacobian, p);
        var moved = new double[p];
        for (var c = 0; c < Clusters; c++)
        {
            var own = scores.Slice(c * m, p);
            moved.AsSpan().Clear();
            for (var i = 0; i < p; i++)
            {
                Dense.AddScaled(own[i], jacobian.AsSpan(i * p, p), moved);
            }

            moved.CopyTo(own);
        }
    }

    internal int GroupOf(int pattern) => patternGroups[pattern];

    private static void Transpose(double[] matrix, int order)
    {
        for (var i = 0; i < order; i++)
        {
            for (var j = 0; j < i; j++)
            {
                (matrix[(i * order) + j], matrix[(j * order) + i]) = (matrix[(j * order) + i], matrix[(i * order) + j]);
            }
        }
    }
}
