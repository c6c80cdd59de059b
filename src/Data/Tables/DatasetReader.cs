using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Data.Tables;

/// <summary>Reads files into typed columns: CSV, SAS transport, Stata, Dataset-JSON, Excel and Parquet, told by their content.</summary>
/// <remarks>
/// A file packed by gzip is unpacked first. Text keeps its type in formats that have types: 001 is a name there, and NA a level.
/// Fields of CSV files are read as UTF-8 bytes and never become strings but for the levels of factors.
/// A column is numeric if every field that is not missing is a number without leading zeros; else it is a factor;
/// if numbers came before the first text, whose own text is gone, it is read once more. A lone point among numbers is missing, as in SAS.
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Data.Tables;
///
/// var data = DatasetReader.Read("trial.xpt", new DatasetReaderOptions { Columns = ["USUBJID", "AVAL"] });
/// Console.WriteLine(data);
/// foreach (var column in data.Columns)
/// {
///     Console.WriteLine($"{column.Name}: {column.Label}");
/// }
/// </code>
/// </example>
public static class DatasetReader
{
    /// <summary>The fewest rows whose columns are put together by several threads, which take time to start.</summary>
    private const int ManyRows = 10_000;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <exception cref="InputException">The file cannot be read as a table; the exception gives line and column.</exception>
    public static Dataset Read(string path, DatasetReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        options ??= new DatasetReaderOptions();
        CheckOptions(options);
        if (Directory.Exists(path))
        {
            throw new InputException("This is a directory, not a file.") { File = path };
        }

        try
        {
            return ReadTable(path, options, ContentOfPipe(path));
        }
        catch (Exception exception) when (MissingLibrary.NameOf(exception) is null
            && (exception is FileNotFoundException or DirectoryNotFoundException or ArgumentException))
        {
            throw new InputException("There is no such file.", exception)
            {
                File = path,
                Hint = $"Looked in {Directory.GetCurrentDirectory()}.",
            };
        }
        catch (Exception exception) when (MissingLibrary.NameOf(exception) is null
            && (exception is IOException or UnauthorizedAccessException))
        {
            throw new InputException($"The file cannot be read: {exception.Message}", exception) { File = path };
        }
    }

    /// <summary>Reads a table that is in memory.</summary>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="content">The bytes of a file of any of the formats; must not change afterwards.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <exception cref="InputException">The text cannot be read as a table; the exception gives line and column.</exception>
    public static Dataset Read(string name, ReadOnlyMemory<byte> content, DatasetReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        options ??= new DatasetReaderOptions();
        CheckOptions(options);
        return ReadTable(name, options, content);
    }

    private static Dataset ReadTable(string path, DatasetReaderOptions options, ReadOnlyMemory<byte>? content = null)
    {
        var found = FileContent.Of(path, content);
        if (found.Format != FileFormat.Text)
        {
            return TypedTable.Read(path, found, options);
        }

        if ((options.Member is null ? options.Sheet is null ? null : "--sheet" : "--member") is { } idle)
        {
            throw new InputException($"{idle} has no effect on a text file.") { File = path, Hint = "Leave it out." };
        }

        var file = new CsvFile(path, options, found.Bytes);
        var point = (byte)(options.DecimalComma ? ',' : '.');
        var missing = new MissingTokens(options.MissingTokens, point);
        var names = file.Header();
        var wanted = options.Columns?.ToHashSet(StringComparer.Ordinal);
        var factors = options.Factors.ToHashSet(StringComparer.Ordinal);
        var readers = new List<ColumnReader>();
        for (var i = 0; i < names.Length; i++)
        {
            if (wanted is null || wanted.Contains(names[i]))
            {
                readers.Add(factors.Contains(names[i])
                    ? new FactorColumnReader(names[i], i, point, missing)
                    : new UntypedColumnReader(names[i], i, point, missing));
            }
        }

        var rows = file.Read(readers);
        if (rows == 0)
        {
            throw new InputException("The file has a header but no rows.") { File = path };
        }

        RereadTexts(file, readers, point, missing);
        return new Dataset(path, Finish(readers, file, path, rows, options.Threads))
        {
            Header = names,
            LineLocator = file.LineOf,
            TextReader = name => ReadTexts(file, new FactorColumnReader(name, Array.IndexOf(names, name), point, missing), path),
            RowCount = rows,
        };
    }

    /// <summary>Reads the file once more for one column, as text.</summary>
    private static FactorColumn ReadTexts(CsvFile file, FactorColumnReader reader, string path)
    {
        try
        {
            file.Read([reader]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"The file cannot be read once more: {exception.Message}", exception)
            {
                File = path,
                Column = reader.Name,
                Hint = "The names of groups are compared as they are spelled; keep the file until the model frame is built.",
            };
        }

        return (FactorColumn)Finish(reader, file, path);
    }

    /// <summary>What comes through a pipe, which can be read once only; null for a file.</summary>
    private static ReadOnlyMemory<byte>? ContentOfPipe(string path)
    {
        using var stream = File.OpenRead(path);
        if (stream.CanSeek)
        {
            return null;
        }

        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static void RereadTexts(CsvFile file, List<ColumnReader> readers, byte point, MissingTokens missing)
    {
        var texts = new List<ColumnReader>();
        for (var i = 0; i < readers.Count; i++)
        {
            if (readers[i] is UntypedColumnReader { Failed: true } failed)
            {
                readers[i] = new FactorColumnReader(failed.Name, failed.Place, point, missing);
                texts.Add(readers[i]);
            }
        }

        if (texts.Count > 0)
        {
            file.Read(texts);
        }
    }

    /// <summary>The columns; of several that cannot be finished the first says why.</summary>
    private static Column[] Finish(List<ColumnReader> readers, CsvFile file, string path, int rows, int threads)
    {
        var columns = new Column[readers.Count];
        var refusals = new InputException?[readers.Count];
        ParallelWork.For(0, columns.Length, rows < ManyRows ? 1 : threads, i =>
        {
            try
            {
                columns[i] = Finish(readers[i], file, path);
            }
            catch (InputException exception)
            {
                refusals[i] = exception;
            }
        });
        return Array.Find(refusals, refusal => refusal is not null) is { } first ? throw first : columns;
    }

    private static Column Finish(ColumnReader reader, CsvFile file, string path)
    {
        try
        {
            return reader.Finish(file.LineOf);
        }
        catch (InputException exception)
        {
            throw new InputException(exception.Message, exception)
            {
                File = path,
                Line = exception.Line,
                Column = exception.Column,
                Hint = exception.Hint,
            };
        }
    }

    private static void CheckOptions(DatasetReaderOptions options)
    {
        if (options.Separator is { } separator
            && (!char.IsAscii(separator)
                || (char.IsControl(separator) && separator != '\t')
                || separator is '"' or '.'
                || char.IsLetterOrDigit(separator)))
        {
            throw new InputException($"The separator cannot be \"{separator}\".") { Hint = "Use a comma, a semicolon, a tab or a bar." };
        }

        if (options is { DecimalComma: true, Separator: ',' })
        {
            throw new InputException("The comma cannot separate fields and be the decimal mark as well.")
            {
                Hint = "Name the separator of the fields, mostly a semicolon.",
            };
        }
    }
}
