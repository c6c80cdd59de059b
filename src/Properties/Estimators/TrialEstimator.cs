using MarginalConditional.Compare.Simulation.Commands;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Properties.Trials;

namespace MarginalConditional.Properties.Estimators;

/// <summary>Makes of a function, of a method of studies or of another program what laws are about.</summary>
/// <example>
/// <code>
/// using MarginalConditional.Compare.Simulation.Commands;
/// using MarginalConditional.Compare.Simulation.Truths;
/// using MarginalConditional.Properties.Estimators;
/// using MarginalConditional.Properties.Laws;
/// using MarginalConditional.Properties.Trials;
/// using MarginalConditional.Statistics.Families;
///
/// var model = TrialModel.Parse("y ~ treatment", Family.Binomial, link: null, ofClusters: []);
/// var traits = new EstimatorTraits { Target = StudyTarget.Marginal };
/// var mine = TrialEstimator.Of(new ChildCommand { Text = "Rscript mine.R" }, model, traits);
/// foreach (var law in LawBook.For(mine))
/// {
///     Console.WriteLine(law.Check(mine).Verdict);
/// }
/// </code>
/// </example>
public static class TrialEstimator
{
    /// <summary>A function of the rows as a file has them.</summary>
    /// <param name="name">Its name in reports.</param>
    /// <param name="model">What it fits.</param>
    /// <param name="traits">What laws have to know of it.</param>
    /// <param name="estimate">The function.</param>
    public static ITrialEstimator Of(string name, TrialModel model, EstimatorTraits traits, Func<TrialData, EffectEstimate> estimate)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        return new FunctionEstimator(name, model, traits, estimate);
    }

    /// <summary>A method of studies. Clusters come to it in the order of the file, rows of a cluster by wave.</summary>
    /// <param name="estimator">The method.</param>
    /// <param name="model">What it fits.</param>
    /// <param name="traits">What laws have to know of it.</param>
    public static ITrialEstimator Of(IEstimator estimator, TrialModel model, EstimatorTraits traits)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        return new FunctionEstimator(estimator.Name, model, traits, trial => estimator.Estimate(TrialFrame.Replicate(trial)));
    }

    /// <summary>A method of studies, of its own target, with divisors that know of few clusters.</summary>
    /// <param name="estimator">The method.</param>
    /// <param name="model">What it fits.</param>
    public static ITrialEstimator Of(IEstimator estimator, TrialModel model)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        return Of(estimator, model, new EstimatorTraits { Target = estimator.Target });
    }

    /// <summary>A program of any language that speaks <c>docs/protocol.md</c>.</summary>
    /// <param name="command">The program.</param>
    /// <param name="model">What it fits; the formula stands in the settings.</param>
    /// <param name="traits">What laws have to know of it.</param>
    public static ITrialEstimator Of(ChildCommand command, TrialModel model, EstimatorTraits traits)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(traits);
        return Of(new CommandEstimator { Name = command.Text, Target = traits.Target, Command = command }, model, traits);
    }

    private sealed class FunctionEstimator(string name, TrialModel model, EstimatorTraits traits, Func<TrialData, EffectEstimate> estimate)
        : ITrialEstimator
    {
        public string Name => name;

        public TrialModel Model => model;

        public EstimatorTraits Traits => traits;

        public EffectEstimate Estimate(TrialData trial) => estimate(trial);
    }
}
