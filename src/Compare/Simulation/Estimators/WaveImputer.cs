using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>
/// Fills in what a trial lacks after participants have left: wave by wave from the regression on treatment, covariates and all outcomes
/// before. The regressions are fitted once, each completed trial draws their parameters anew. Of one replicate.
/// </summary>
internal sealed class WaveImputer
{
    private readonly Replicate replicate;
    private readonly Mechanism mechanism;
    private readonly ModelFrame layout;
    private readonly int waves;
    private readonly int[] treatments;
    private readonly double[][] covariates;
    private readonly WaveModel?[] models;

    private WaveImputer(Replicate replicate, Mechanism mechanism, int waves)
    {
        var frame = replicate.Frame;
        this.replicate = replicate;
        this.mechanism = mechanism;
        this.waves = waves;
        var sizes = new int[mechanism.Clusters];
        sizes.AsSpan().Fill(waves);
        layout = new TrialLayout(mechanism, sizes).Frame;
        treatments = RandomizedArms.Columns(replicate);
        covariates = [.. frame.AuxiliaryColumns.OfType<NumericColumn>().Select(column => OfClusters(frame, column))];
        models = new WaveModel?[waves];
        for (var wave = 1; wave < waves; wave++)
        {
            models[wave] = Fit(wave);
        }
    }

    /// <summary>Prepares the imputation of a replicate; null where nobody has left.</summary>
    /// <exception cref="InvalidOperationException">The trial is not seen wave by wave until participants leave.</exception>
    public static WaveImputer? Of(Replicate replicate)
    {
        if (replicate.Mechanism is not { Size.Fixed: { } waves } mechanism)
        {
            throw new InvalidOperationException("Imputation needs a trial of the library's own with as many waves for everybody.");
        }

        var frame = replicate.Frame;
        if (frame.Rows == mechanism.Clusters * waves)
        {
            return null;
        }

        if (replicate.Model.Family != Family.Gaussian && replicate.Model.Family != Family.Binomial)
        {
            throw new InvalidOperationException("Imputation is of continuous and binary outcomes.");
        }

        var unbroken = frame.Clusters.Count == mechanism.Clusters;
        for (var c = 0; unbroken && c < frame.Clusters.Count; c++)
        {
            unbroken = frame.Waves[frame.Clusters.Start(c + 1) - 1] == frame.Clusters.Size(c) - 1;
        }

        return unbroken
            ? new WaveImputer(replicate, mechanism, waves)
            : throw new InvalidOperationException("Imputation needs participants who are seen from the first wave until they leave.");
    }

    /// <summary>A completed trial.</summary>
    /// <param name="stream">The parameters of every wave, then outcomes person by person.</param>
    public Replicate Complete(RandomStream stream)
    {
        var frame = replicate.Frame;
        var draws = new WaveDraw?[waves];
        for (var wave = 1; wave < waves; wave++)
        {
            draws[wave] = models[wave]?.Draw(stream);
        }

        var response = new double[layout.Rows];
        for (var c = 0; c < layout.Clusters.Count; c++)
        {
            var own = response.AsSpan(c * waves, waves);
            frame.Response.Slice(frame.Clusters.Start(c), frame.Clusters.Size(c)).CopyTo(own);
            for (var wave = frame.Clusters.Size(c); wave < waves; wave++)
            {
                own[wave] = draws[wave]!.Outcome(Predictors(c, wave, own), stream);
            }
        }

        var names = frame.AuxiliaryColumns.OfType<NumericColumn>().Select(column => column.Name).ToArray();
        var complete = new ModelFrame(layout.Design, response, layout.Clusters)
        {
            Waves = layout.Waves,
            AuxiliaryColumns = [.. covariates.Select((values, k) => new NumericColumn(names[k], Spread(values)))],
        };
        return new Replicate(mechanism, complete) { Number = replicate.Number, Settings = replicate.Settings, Stream = stream };
    }

    /// <summary>The regression of a wave on those before; null where everybody was seen.</summary>
    private WaveModel? Fit(int wave)
    {
        var frame = replicate.Frame;
        List<double[]> rows = [];
        List<double> outcomes = [];
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            var own = frame.Response.Slice(frame.Clusters.Start(c), frame.Clusters.Size(c));
            if (own.Length > wave)
            {
                rows.Add(Predictors(c, wave, own));
                outcomes.Add(own[wave]);
            }
        }

        return rows.Count == frame.Clusters.Count ? null : WaveModel.Fit(rows, [.. outcomes], replicate.Model.Family);
    }

    /// <summary>Treatment at the wave, covariates, and the outcomes before it.</summary>
    private double[] Predictors(int cluster, int wave, ReadOnlySpan<double> outcomes)
    {
        var predictors = new double[treatments.Length + covariates.Length + wave];
        for (var k = 0; k < treatments.Length; k++)
        {
            predictors[k] = layout.Design.Column(treatments[k])[(cluster * waves) + wave];
        }

        for (var k = 0; k < covariates.Length; k++)
        {
            predictors[treatments.Length + k] = covariates[k][cluster];
        }

        outcomes[..wave].CopyTo(predictors.AsSpan(treatments.Length + covariates.Length));
        return predictors;
    }

    private double[] Spread(double[] values)
    {
        var spread = new double[layout.Rows];
        for (var c = 0; c < values.Length; c++)
        {
            spread.AsSpan(c * waves, waves).Fill(values[c]);
        }

        return spread;
    }

    private static double[] OfClusters(ModelFrame frame, NumericColumn column)
    {
        var own = new double[frame.Clusters.Count];
        for (var c = 0; c < own.Length; c++)
        {
            own[c] = column.Values[frame.Clusters.Start(c)];
            if (column.Values.Slice(frame.Clusters.Start(c), frame.Clusters.Size(c)).ContainsAnyExcept(own[c]))
            {
                throw new InvalidOperationException(
                    $"Imputation needs covariates of participants, and {column.Name} varies between waves.");
            }
        }

        return own;
    }
}
