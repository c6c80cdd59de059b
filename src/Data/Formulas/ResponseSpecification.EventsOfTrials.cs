namespace MarginalConditional.Data.Formulas;

public abstract partial class ResponseSpecification
{
    /// <summary>Events out of trials: <c>events / n</c>.</summary>
    public sealed class EventsOfTrials(Expression events, Expression trials) : ResponseSpecification($"{events} / {trials}")
    {
        /// <summary>The number of events.</summary>
        public Expression Events { get; } = events;

        /// <summary>The number of trials.</summary>
        public Expression Trials { get; } = trials;

        /// <inheritdoc/>
        public override IReadOnlyList<string> Variables => [.. Events.Variables.Union(Trials.Variables, StringComparer.Ordinal)];
    }
}
