using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>One simulated data set as the methods see it, with the fits that several of them share.</summary>
public sealed class Replicate
{
    private readonly List<(object Key, object Value)> shared = [];
    private readonly Func<ModelFrame>? reading;

    /// <summary>Wraps a data set of a mechanism.</summary>
    public Replicate(Mechanism mechanism, ModelFrame frame)
        : this(mechanism?.ModelOf(frame) ?? throw new ArgumentNullException(nameof(mechanism)), frame)
    {
        Mechanism = mechanism;
    }

    /// <summary>Wraps a data set from anywhere.</summary>
    /// <param name="model">What is to be fitted.</param>
    /// <param name="frame">The data.</param>
    public Replicate(AnalysisModel model, ModelFrame frame)
    {
        Model = model ?? throw new ArgumentNullException(nameof(model));
        Frame = frame ?? throw new ArgumentNullException(nameof(frame));
    }

    /// <summary>Wraps data that are read when they are asked for.</summary>
    /// <param name="model">What is to be fitted.</param>
    /// <param name="effectName">The column of the effect.</param>
    /// <param name="reading">Reads the data.</param>
    internal Replicate(AnalysisModel model, string effectName, Func<ModelFrame> reading) =>
        (Model, EffectName, this.reading) = (model, effectName, reading);

    /// <summary>The data.</summary>
    public ModelFrame Frame
    {
        get => field ??= reading!();
        private init;
    }

    /// <summary>The name of the effect's column.</summary>
    internal string EffectName
    {
        get => field ??= Frame.Design.Names[Model.EffectColumn];
        private init;
    }

    /// <summary>The data as CSV with a header, as <c>margcond replay --export</c> writes them, or as their generator gave them.</summary>
    public string Csv
    {
        get => field ??= TrialCsv.Of(Frame);
        init;
    }

    /// <summary>The model to fit: family, link and the column of the effect.</summary>
    public AnalysisModel Model { get; }

    /// <summary>What generated the data, whose parameters are not meant to be looked at; null when they are from elsewhere.</summary>
    public Mechanism? Mechanism { get; init; }

    /// <summary>The replicate's number, from 0.</summary>
    public int Number { get; init; }

    /// <summary>The settings of the scenario with their names, in canonical text; empty outside of a study.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; } = [];

    /// <summary>
    /// Random numbers for the method that is running, at their beginning: named by the study's seed, the scenario, the replicate and the
    /// method's name, so that a bootstrap gives the same bits whatever other methods there are.
    /// </summary>
    public RandomStream Stream
    {
        get => field ??= new RandomStream(0, 0, 0);
        init;
    }

    /// <summary>The distinct rows of the design, shared with all replicates (of one thread) that have the same one.</summary>
    internal DistinctRows DistinctRows
    {
        get => field ??= new DistinctRows(
            Mechanism?.Design ?? throw new InvalidOperationException("The trial's own design is not known: its data are from elsewhere."),
            Frame.Clusters);
        init;
    }

    /// <summary>The data with the covariates in the design, after its own columns; the same as the data when there are none.</summary>
    public ModelFrame AdjustedFrame => field ??= CovariateDesign.Add(Frame);

    /// <summary>The column whose coefficient compares an arm with the first.</summary>
    /// <param name="arm">The arm, counted from 1: 2 or more.</param>
    public int ColumnOf(int arm)
    {
        var column = Mechanism?.Design.ColumnOf(arm - 1) ?? (Model.EffectColumn + arm - 2);
        return arm <= Math.Max(2, Mechanism?.Design.Treatments ?? arm) && column < Frame.Design.Columns
            ? column
            : throw new InvalidOperationException(FormattableString.Invariant($"The trial has no arm {arm}."));
    }

    /// <summary>The true intercepts of the clusters, link scale, in the frame's order; null where nobody knows them.</summary>
    internal double[]? UnitEffects { get; init; }

    /// <summary>The whole trial of which some rows are not seen; null when all are.</summary>
    internal PartlySeen? Seen { get; init; }

    /// <summary>The rows when everybody has one treatment, by the columns of the design and, if asked, the covariates.</summary>
    internal DesignRows RowsUnder(int treatment, bool adjusted)
    {
        if (Seen is { } part)
        {
            // A row's place in its cluster is that in the whole trial.
            var whole = adjusted ? CovariateDesign.Add(part.Complete) : part.Complete;
            return DesignRows.Under(whole, Model.EffectColumn, Mechanism?.Design, treatment).Where(part.Rows);
        }

        return !adjusted && Mechanism is not null
            ? DistinctRows.Under(treatment)
            : DesignRows.Under(adjusted ? AdjustedFrame : Frame, Model.EffectColumn, Mechanism?.Design, treatment);
    }

    /// <summary>The rows as they are, by the columns of the design and, if asked, the covariates.</summary>
    internal DesignRows RowsObserved(bool adjusted) => !adjusted && Mechanism is not null && Seen is null
        ? DistinctRows.Observed
        : DesignRows.Of(adjusted ? AdjustedFrame : Frame);

    /// <summary>The data with random effects for a mixed model.</summary>
    internal ModelFrame WithRandomEffects(RandomPart random, int arm, bool adjusted)
    {
        var frame = adjusted ? AdjustedFrame : Frame;

        // Data like a fitted trial bring the random terms of the fit.
        return frame.RandomTerms.Count > 0 && random == RandomPart.Intercept
            ? frame
            : frame.WithTerms(frame.Design, random.Terms(this, arm));
    }

    /// <summary>What the factory makes of the clusters and of columns that the design fills, whatever the outcomes.</summary>
    internal T SharedByDesign<T>(object key, Func<T> factory)
        where T : class => Mechanism is not null && Seen is null ? DistinctRows.Shared(key, factory) : factory();

    /// <summary>What the factory makes, made once a replicate for equal keys and one type.</summary>
    /// <param name="key">Compared by equality, such as a record of options.</param>
    /// <param name="factory">Makes it.</param>
    public T Shared<T>(object key, Func<T> factory)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(factory);
        if (Known<T>(key) is not { } value)
        {
            value = factory();
            Keep(key, value);
        }

        return value;
    }

    /// <summary>What was kept for an equal key and one type; null when nothing was. Methods are few, so all are looked at.</summary>
    internal T? Known<T>(object key)
        where T : class
    {
        foreach (var (own, value) in shared)
        {
            if (value is T found && own.Equals(key))
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Keeps a value for the other methods of the replicate.</summary>
    internal T Keep<T>(object key, T value)
        where T : class
    {
        shared.Add((key, value));
        return value;
    }
}
