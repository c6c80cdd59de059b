namespace MarginalConditional.Data.Formulas;

/// <summary>A grouping as an option names it: a column, or several joined by colons, in backquotes where a name holds a colon.</summary>
public static class GroupingName
{
    /// <summary>The columns of <c>center:id</c>, each once.</summary>
    /// <exception cref="InputException">A name is empty, or a backquote is not closed.</exception>
    public static IReadOnlyList<string> Columns(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var names = new List<string>();
        for (var start = 0; start <= text.Length;)
        {
            var quoted = start < text.Length && text[start] == '`';
            var end = quoted ? text.IndexOf('`', start + 1) : text.IndexOf(':', start);
            end = end < 0 && !quoted ? text.Length : end;
            var name = end < 0 ? string.Empty : quoted ? text[(start + 1)..end] : text[start..end].Trim();
            start = quoted ? end + 1 : end;
            if (name.Length == 0 || (start < text.Length && text[start] != ':'))
            {
                throw new InputException($"\"{text}\" is not a grouping.")
                {
                    Hint = "Name a column, or several joined by colons, such as center:id.",
                };
            }

            names.Add(name);
            start++;
        }

        return [.. names.Distinct(StringComparer.Ordinal)];
    }
}
