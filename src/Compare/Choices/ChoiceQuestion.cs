using System.Globalization;
using MarginalConditional.Data;

namespace MarginalConditional.Compare.Choices;

/// <summary>One thing to be answered about a trial: what is asked, which answers there are, and when it is asked. Immutable.</summary>
public sealed class ChoiceQuestion
{
    private readonly Func<IReadOnlyDictionary<string, string>, IReadOnlyList<(string Name, string Words)>> answers;
    private readonly Func<IReadOnlyDictionary<string, string>, bool> applies;
    private readonly Func<IReadOnlyDictionary<string, string>, NumberLimits>? limits;

    private ChoiceQuestion(
        int number, string key, string text, string? usual,
        Func<IReadOnlyDictionary<string, string>, IReadOnlyList<(string Name, string Words)>> answers,
        Func<IReadOnlyDictionary<string, string>, NumberLimits>? limits,
        Func<IReadOnlyDictionary<string, string>, bool>? applies)
    {
        (Number, Key, Text, Default) = (number, key, text, usual);
        (this.answers, this.limits, this.applies) = (answers, limits, applies ?? (_ => true));
    }

    /// <summary>Which of the five questions it belongs to.</summary>
    public int Number { get; }

    /// <summary>As a file of answers writes it.</summary>
    public string Key { get; }

    /// <summary>What is asked.</summary>
    public string Text { get; }

    /// <summary>The answer when none is given; null for what has to be answered.</summary>
    public string? Default { get; }

    /// <summary>Whether it is asked after the answers given so far.</summary>
    /// <param name="given">Answers by key.</param>
    public bool Applies(IReadOnlyDictionary<string, string> given) => applies(given);

    /// <summary>The answers to choose from, each with what it means; empty for a number.</summary>
    /// <param name="given">Answers by key.</param>
    public IReadOnlyList<(string Name, string Words)> Answers(IReadOnlyDictionary<string, string> given) => answers(given);

    /// <summary>What is wrong with an answer, a full sentence; null when nothing is.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="given">The answers before it.</param>
    public string? Problem(string answer, IReadOnlyDictionary<string, string> given)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (limits is not null)
        {
            return limits(given).Problem(Key, answer);
        }

        string[] names = [.. answers(given).Select(known => known.Name)];
        return names.Contains(answer)
            ? null
            : $"The answer to {Key} is \"{Suggestion.Short(answer)}\"; it must be {Joined(names)}.{Suggestion.Sentence(answer, names)}";
    }

    /// <summary>A question with answers to choose from.</summary>
    internal static ChoiceQuestion Of(
        int number, string key, string text,
        Func<IReadOnlyDictionary<string, string>, IReadOnlyList<(string Name, string Words)>> answers,
        string? usual = null) => new(number, key, text, usual, answers, null, null);

    /// <summary>A question for a number.</summary>
    internal static ChoiceQuestion OfNumber(
        int number, string key, string text,
        Func<IReadOnlyDictionary<string, string>, NumberLimits> limits,
        string? usual = null,
        Func<IReadOnlyDictionary<string, string>, bool>? applies = null) => new(number, key, text, usual, _ => [], limits, applies);

    private static string Joined(string[] names) =>
        names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} or {names[^1]}";

    /// <summary>What a number has to be.</summary>
    /// <param name="Least">The least it may be.</param>
    /// <param name="Most">The most it may be.</param>
    /// <param name="IsWhole">Whether it has to be whole.</param>
    /// <param name="IsOpen">Whether the least and the most themselves are too little and too much.</param>
    internal sealed record NumberLimits(double Least, double Most, bool IsWhole = false, bool IsOpen = false)
    {
        /// <summary>What is wrong with a number, a full sentence; null when nothing is.</summary>
        public string? Problem(string key, string text)
        {
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            {
                return $"The answer to {key} is \"{Suggestion.Short(text)}\"; it must be a number, with a point for decimals.";
            }

            var fits = IsOpen ? value > Least && value < Most : value >= Least && value <= Most;
            return fits && (!IsWhole || value == Math.Floor(value)) ? null : FormattableString.Invariant(
                $"The answer to {key} is {text}; it must be a {(IsWhole ? "whole " : string.Empty)}number ")
                + FormattableString.Invariant($"{(IsOpen ? "between" : "from")} {Least} {(IsOpen ? "and" : "to")} {Most}.");
        }
    }
}
