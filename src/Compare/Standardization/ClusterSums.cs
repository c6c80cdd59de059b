using MarginalConditional.Data.Rows;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Compare.Standardization;

/// <summary>
/// Sums over clusters of what their rows are predicted to be under some settings, and the estimates that are functions of the sums:
/// θ = F(Σ_c s_c(ψ)). What an estimand says of itself so that <see cref="ClusterEstimates"/> finds leave-one-out errors, influences or the
/// jackknife for it.
/// </summary>
internal abstract class ClusterSums
{
    private readonly ArmSetting[] settings;
    private readonly PredictedRows[] rows;
    private readonly TransformedMean?[] transforms;
    private readonly MarginalMean? integral;

    /// <summary>Keeps the model, the trial and the settings.</summary>
    /// <param name="model">The working model.</param>
    /// <param name="trial">The rows observed.</param>
    /// <param name="settings">What the rows are set to.</param>
    /// <param name="transforms">Transforms of which the means over the random effects are needed too.</param>
    protected ClusterSums(
        WorkingModel model, TrialRows trial, IReadOnlyList<ArmSetting> settings, IReadOnlyList<TransformedMean?> transforms)
    {
        Model = model;
        Trial = trial;
        this.settings = [.. settings];
        this.transforms = [.. transforms];
        rows = [.. settings.Select(setting => model.Under(setting.Design))];
        integral = MarginalMean.Exists(model.Link) ? MarginalMean.For(model.Link) : null;
    }

    /// <summary>The working model.</summary>
    public WorkingModel Model { get; }

    /// <summary>The rows observed.</summary>
    public TrialRows Trial { get; }

    /// <summary>The partition of the rows.</summary>
    public Clusters Clusters => Trial.Clusters;

    /// <summary>The number of sums.</summary>
    public abstract int Count { get; }

    /// <summary>The number of estimates.</summary>
    public abstract int Estimates { get; }

    /// <summary>s_c(ψ_c) of every cluster, at parameters of its own.</summary>
    /// <param name="changes">ψ̂ − ψ_c, K×m by rows; empty when all are at ψ̂.</param>
    /// <param name="sums">Receives K×<see cref="Count"/> values.</param>
    /// <remarks>All clusters together, so that integrals are shared by their rows.</remarks>
    public void OfEach(ReadOnlySpan<double> changes, Span<double> sums)
    {
        sums.Clear();
        var points = new RowPoints(Trial.Outcomes.Length);
        var parameters = Model.Parameters.ToArray();
        for (var s = 0; s < rows.Length; s++)
        {
            for (var c = 0; c < Clusters.Count; c++)
            {
                if (!changes.IsEmpty)
                {
                    Model.Parameters.CopyTo(parameters);
                    Dense.AddScaled(-1, changes.Slice(c * parameters.Length, parameters.Length), parameters);
                }

                var (start, size) = (Clusters.Start(c), Clusters.Size(c));
                rows[s].Predict(parameters, start, points.Predictor.Slice(start, size), points.Spread.Slice(start, size));
            }

            points.Evaluate(Model.Link, integral, transforms);
            for (var c = 0; c < Clusters.Count; c++)
            {
                Add(points, 0, s, c, -1, sums.Slice(c * Count, Count));
            }
        }

        for (var c = 0; c < Clusters.Count; c++)
        {
            AddSizes(c, -1, sums.Slice(c * Count, Count));
        }
    }

    /// <summary>Σ_c s_c(ψ) over all clusters but one.</summary>
    /// <param name="parameters">ψ.</param>
    /// <param name="leftOut">The cluster left out.</param>
    /// <param name="sums">Receives <see cref="Count"/> values.</param>
    public void Without(ReadOnlySpan<double> parameters, int leftOut, Span<double> sums)
    {
        sums.Clear();
        var points = new RowPoints(Trial.Outcomes.Length);
        for (var s = 0; s < rows.Length; s++)
        {
            rows[s].Predict(parameters, 0, points.Predictor, points.Spread);
            points.Evaluate(Model.Link, integral, transforms);
            for (var c = 0; c < Clusters.Count; c++)
            {
                if (c != leftOut)
                {
                    Add(points, 0, s, c, leftOut, sums);
                }
            }
        }

        for (var c = 0; c < Clusters.Count; c++)
        {
            if (c != leftOut)
            {
                AddSizes(c, leftOut, sums);
            }
        }
    }

    /// <summary>∂/∂ψ Σ_c s_c at ψ̂.</summary>
    /// <param name="slopes">Receives <see cref="Count"/>×m values by rows.</param>
    public void Slopes(Span<double> slopes)
    {
        slopes.Clear();
        var points = new RowPoints(Trial.Outcomes.Length);
        for (var s = 0; s < rows.Length; s++)
        {
            rows[s].Predict(Model.Parameters, 0, points.Predictor, points.Spread);
            points.Evaluate(Model.Link, integral, transforms);
            AddSlopes(points, s, slopes);
        }
    }

    /// <summary>F, the estimates as functions of the sums.</summary>
    /// <param name="sums">The sums over clusters.</param>
    /// <param name="leftOut">The cluster they were taken without; −1 for none.</param>
    /// <param name="estimates">Receives the estimates.</param>
    public abstract void Evaluate(ReadOnlySpan<double> sums, int leftOut, Span<double> estimates);

    /// <summary>How the estimates move when the sums do: F′(S) times a direction.</summary>
    /// <param name="sums">S, over all clusters.</param>
    /// <param name="direction">A change of the sums.</param>
    /// <param name="estimates">Receives the change of the estimates.</param>
    public abstract void Differentiate(ReadOnlySpan<double> sums, ReadOnlySpan<double> direction, Span<double> estimates);

    /// <summary>Whether terms of other clusters change when a cluster is left out, so that its own cannot simply be subtracted.</summary>
    /// <param name="cluster">The cluster left out.</param>
    public virtual bool ChangesOthers(int cluster) => false;

    /// <summary>The arm of a setting.</summary>
    protected int Arm(int setting) => settings[setting].Arm;

    /// <summary>Adds one cluster's rows under one setting.</summary>
    /// <param name="points">The predictions.</param>
    /// <param name="first">The row of the frame that the first of them is about.</param>
    /// <param name="setting">The setting.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="leftOut">The cluster that the sums leave out; −1 for none.</param>
    /// <param name="sums">Added to.</param>
    protected abstract void Add(RowPoints points, int first, int setting, int cluster, int leftOut, Span<double> sums);

    /// <summary>Adds what depends on no setting.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="leftOut">The cluster that the sums leave out; −1 for none.</param>
    /// <param name="sums">Added to.</param>
    protected abstract void AddSizes(int cluster, int leftOut, Span<double> sums);

    /// <summary>Adds the slopes of the sums of one setting over all clusters.</summary>
    /// <param name="points">The predictions of all rows at ψ̂.</param>
    /// <param name="setting">The setting.</param>
    /// <param name="slopes">Added to, by rows.</param>
    protected abstract void AddSlopes(RowPoints points, int setting, Span<double> slopes);

    /// <summary>Adds Σ_j share_j·∂f(m_j)/∂ψ to the slopes of one sum.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="predictorSlopes">∂f/∂η times the share, n values.</param>
    /// <param name="spreadSlopes">∂f/∂τ times the share, n values.</param>
    /// <param name="sum">The sum's position.</param>
    /// <param name="slopes">The slopes of all sums.</param>
    protected void AddSlope(
        int setting, ReadOnlySpan<double> predictorSlopes, ReadOnlySpan<double> spreadSlopes, int sum, Span<double> slopes)
    {
        var m = Model.Parameters.Length;
        rows[setting].AddGradient(predictorSlopes, spreadSlopes, slopes.Slice(sum * m, m));
    }
}
