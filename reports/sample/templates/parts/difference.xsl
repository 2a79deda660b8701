<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     The text of a version against the one before, line by line, with the words that differ marked.
  INPUT       <text-difference> with <line> and <word>.
  MODES       body   sums and table, or a sentence     row   one line     part   lines of the record, or of the rules
              word   what differs inside a line
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="e:text-difference" mode="body">
    <p class="section-lead">
      <xsl:apply-templates select="." mode="sum">
        <xsl:with-param name="id" select="'difference.sum'"/>
        <xsl:with-param name="added" select="@added"/>
        <xsl:with-param name="removed" select="@removed"/>
      </xsl:apply-templates>
      <xsl:if test="@header-added + @header-removed &gt; 0">
        <xsl:text> </xsl:text>
        <xsl:apply-templates select="." mode="sum">
          <xsl:with-param name="id" select="'difference.header'"/>
          <xsl:with-param name="added" select="@header-added"/>
          <xsl:with-param name="removed" select="@header-removed"/>
        </xsl:apply-templates>
      </xsl:if>
      <xsl:apply-templates select="@only-moved | @written-out | @against-unread" mode="remark"/>
    </p>
    <xsl:if test="../e:facts/@changes = 0 and not(../e:facts/@readable = 'false') and not(@only-moved or @against-unread) and @added + @removed &gt; @header-added + @header-removed">
      <p class="section-lead"><xsl:call-template name="label"><xsl:with-param name="id" select="'difference.no-rule'"/></xsl:call-template></p>
    </xsl:if>
    <xsl:call-template name="table">
      <xsl:with-param name="id" select="'difference'"/>
      <xsl:with-param name="written">
        <xsl:apply-templates select="e:line[@header][1]" mode="part"><xsl:with-param name="id" select="'difference.part-record'"/></xsl:apply-templates>
        <xsl:apply-templates select="e:line[@header]" mode="row"/>
        <xsl:if test="e:line[@header]">
          <xsl:apply-templates select="e:line[not(@header)][1]" mode="part"><xsl:with-param name="id" select="'difference.part-rules'"/></xsl:apply-templates>
        </xsl:if>
        <xsl:apply-templates select="e:line[not(@header)]" mode="row"/>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:if test="@cut = 'true' or @cut = '1'">
      <p class="shown"><xsl:call-template name="label"><xsl:with-param name="id" select="'difference.cut'"/></xsl:call-template></p>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e:text-difference[@against and @added = 0 and @removed = 0]" mode="body">
    <xsl:call-template name="empty"><xsl:with-param name="id" select="'difference'"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="e:text-difference[not(@against)]" mode="body" priority="2">
    <xsl:call-template name="empty"><xsl:with-param name="id" select="'difference-first'"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="e:text-difference[@too-large]" mode="body" priority="3">
    <xsl:call-template name="empty"><xsl:with-param name="id" select="'difference-too-large'"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="e:text-difference" mode="sum">
    <xsl:param name="id"/>
    <xsl:param name="added"/>
    <xsl:param name="removed"/>
    <xsl:call-template name="say">
      <xsl:with-param name="id" select="$id"/>
      <xsl:with-param name="a"><ins><xsl:text>+</xsl:text><xsl:value-of select="format-number($added, '#,##0')"/></ins></xsl:with-param>
      <xsl:with-param name="b"><del><xsl:text>−</xsl:text><xsl:value-of select="format-number($removed, '#,##0')"/></del></xsl:with-param>
      <xsl:with-param name="c">
        <xsl:call-template name="link">
          <xsl:with-param name="page" select="@against-page"/>
          <xsl:with-param name="text"><bdi class="id"><xsl:value-of select="@against"/></bdi></xsl:with-param>
        </xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="@only-moved | @written-out | @against-unread" mode="remark">
    <xsl:text> </xsl:text>
    <xsl:call-template name="label"><xsl:with-param name="id" select="concat('difference.', local-name())"/></xsl:call-template>
  </xsl:template>

  <!-- Lines -->

  <xsl:template match="e:line" mode="part">
    <xsl:param name="id"/>
    <tr class="diff-part">
      <td colspan="4"><xsl:call-template name="label"><xsl:with-param name="id" select="$id"/></xsl:call-template></td>
    </tr>
  </xsl:template>

  <!-- Numbers on both sides, a sign, the text. -->
  <xsl:template match="e:line" mode="row">
    <tr class="diff-{@op}">
      <td class="n"><xsl:value-of select="@old"/></td>
      <td class="n"><xsl:value-of select="@new"/></td>
      <td class="sign"><xsl:apply-templates select="@op" mode="sign"/></td>
      <td class="text"><xsl:apply-templates select="." mode="text"/></td>
    </tr>
  </xsl:template>

  <xsl:template match="e:line[@op = 'skip']" mode="row">
    <tr class="diff-skip">
      <td colspan="4">
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="'difference.skip'"/>
          <xsl:with-param name="n" select="@n"/>
          <xsl:with-param name="a" select="format-number(@n, '#,##0')"/>
        </xsl:call-template>
      </td>
    </tr>
  </xsl:template>

  <xsl:template match="@op" mode="sign"/>
  <xsl:template match="@op[. = 'added']" mode="sign">
    <xsl:text>+</xsl:text>
    <span class="unseen"><xsl:call-template name="label"><xsl:with-param name="id" select="'op.added'"/></xsl:call-template></span>
  </xsl:template>
  <xsl:template match="@op[. = 'removed']" mode="sign">
    <xsl:text>−</xsl:text>
    <span class="unseen"><xsl:call-template name="label"><xsl:with-param name="id" select="'op.removed'"/></xsl:call-template></span>
  </xsl:template>

  <xsl:template match="e:line" mode="text"><code><xsl:value-of select="."/></code></xsl:template>
  <xsl:template match="e:line[@op = 'added']" mode="text"><ins><code><xsl:value-of select="."/></code></ins></xsl:template>
  <xsl:template match="e:line[@op = 'removed']" mode="text"><del><code><xsl:value-of select="."/></code></del></xsl:template>
  <xsl:template match="e:line[e:word]" mode="text" priority="1"><code><xsl:apply-templates mode="word"/></code></xsl:template>

  <xsl:template match="text()" mode="word"><xsl:value-of select="."/></xsl:template>
  <xsl:template match="e:line[@op = 'added']/e:word" mode="word"><ins><xsl:value-of select="."/></ins></xsl:template>
  <xsl:template match="e:line[@op = 'removed']/e:word" mode="word"><del><xsl:value-of select="."/></del></xsl:template>

</xsl:stylesheet>
